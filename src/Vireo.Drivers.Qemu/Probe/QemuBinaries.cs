using System.Collections.Concurrent;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// The facts of the QEMU binaries on this host, asked for when somebody needs them: each binary once, several at a time, and
/// remembered in a file until the binary or what it found on the host changes.
/// </summary>
public sealed class QemuBinaries(string cacheFolder, Func<string, Action<QemuOutline>, CancellationToken, Task<QemuFacts>> probe, Func<bool> kvmUsable, Func<ProbeHost> look)
{
    readonly FactsCache _cache = new(Path.Join(cacheFolder, "capabilities"));
    readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    sealed record Known(string Identity, Task<QemuOutline?> Outline, Task<QemuFacts> Facts);

    /// <summary>
    /// The emulator a guest of this architecture gets if it names none; null if there is none. A host that runs an architecture
    /// itself can use its own emulator for it.
    /// </summary>
    public static string? DefaultFor(string arch) => Locate(arch) ?? (GuestArchs.IsNative(arch) ? Locate(GuestArchs.Host) : null);

    static string? Locate(string arch)
    {
        // POWER's little-endian guests have a name of their own, not always a program.
        return (arch is "ppc64le" ? Program("qemu-system-ppc64le") : null) ?? Program("qemu-system-" + GuestArchs.Target(arch));

        static string? Program(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(':')
            .Append("/usr/bin").Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The facts if they are known already: never waits.</summary>
    public QemuFacts? Find(string binary) =>
        _known.TryGetValue(binary, out var known) && known.Facts.IsCompletedSuccessfully ? known.Facts.Result : null;

    /// <summary>The facts of a binary. Somebody who stops waiting does not stop the question.</summary>
    public async ValueTask<QemuFacts> GetAsync(string binary, CancellationToken cancel) => await Ask(binary).Facts.WaitAsync(cancel).ConfigureAwait(false);

    /// <summary>What a binary tells first, long before all of its facts are there; null if it runs no guests.</summary>
    public async ValueTask<QemuOutline?> OutlineAsync(string binary, CancellationToken cancel) => await Ask(binary).Outline.WaitAsync(cancel).ConfigureAwait(false);

    Known Ask(string binary)
    {
        string identity = Identity(binary);
        if (!_known.TryGetValue(binary, out var known) || known.Identity != identity || known.Facts.IsFaulted || known.Facts.IsCanceled)
        {
            var outline = new TaskCompletionSource<QemuOutline?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var asking = new TaskCompletionSource<QemuFacts>(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = new Known(identity, outline.Task, asking.Task);
            var winner = _known.AddOrUpdate(binary, mine, (_, there) =>
                there.Identity == identity && !there.Facts.IsFaulted && !there.Facts.IsCanceled ? there : mine);
            if (winner == mine) _ = FillAsync(binary, known is not null && known.Identity != identity, outline, asking);
            known = winner;
        }
        return known;
    }

    // Who has just seen the binary change does not believe the file, whose times are whole seconds.
    async Task FillAsync(string binary, bool changed, TaskCompletionSource<QemuOutline?> outline, TaskCompletionSource<QemuFacts> asking)
    {
        try
        {
            ProbeHost host = look();
            QemuFacts? facts = changed ? null : _cache.Read(binary, host);
            if (facts is null)
            {
                facts = (await AskAsync(binary, told => outline.TrySetResult(told)).ConfigureAwait(false)) with { MicrocodeVersion = host.Microcode };
                _cache.Write(binary, host, facts);
            }
            outline.TrySetResult(facts.Outline);
            asking.SetResult(facts);
        }
        catch (Exception e)
        {
            if (outline.TrySetException(e))
                _ = outline.Task.Exception;
            asking.SetException(e);
            _ = asking.Task.Exception;
        }
    }

    // Another name of an emulator has its facts.
    async Task<QemuFacts> AskAsync(string binary, Action<QemuOutline> told)
    {
        if (File.ResolveLinkTarget(binary, returnFinalTarget: true) is not { } file || !file.Name.StartsWith("qemu-system-", StringComparison.Ordinal))
            return await probe(binary, told, CancellationToken.None).ConfigureAwait(false);
        Known known = Ask(file.FullName);
        if (await known.Outline.ConfigureAwait(false) is { } outline)
            told(outline);
        return await known.Facts.ConfigureAwait(false) with { Emulator = binary };
    }

    string Identity(string binary)
    {
        var file = new FileInfo(binary);
        if (!file.Exists)
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.None,
                $"Cannot check QEMU binary {binary}: {Errno.Text(2)}", 2));
        return string.Join('\n', binary, file.Length, file.LastWriteTimeUtc.Ticks, file.LinkTarget ?? "", kvmUsable());
    }
}
