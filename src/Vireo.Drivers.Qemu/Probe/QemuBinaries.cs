using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Facts.Cache;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// The facts of the QEMU binaries on this host, asked for when somebody needs them: each binary once, several at a time, and
/// remembered in a file until the binary, the kernel or the use of KVM changes.
/// </summary>
public sealed class QemuBinaries(string cacheFolder, Func<string, CancellationToken, Task<QemuFacts>> probe, Func<bool> kvmUsable)
{
    readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    sealed record Known(string Identity, Task<QemuFacts> Facts);

    /// <summary>
    /// The emulator a guest of this architecture gets if it names none; null if there is none. A host that runs an architecture
    /// itself can use its own emulator for it.
    /// </summary>
    public static string? DefaultFor(string arch) => Locate(arch) ?? (GuestArchs.IsNative(arch) ? Locate(GuestArchs.Host) : null);

    static string? Locate(string arch)
    {
        string name = "qemu-system-" + GuestArchs.Target(arch);
        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(':')
            .Append("/usr/bin").Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The facts if they are known already: never waits.</summary>
    public QemuFacts? Find(string binary) =>
        _known.TryGetValue(binary, out var known) && known.Facts.IsCompletedSuccessfully ? known.Facts.Result : null;

    /// <summary>The facts of a binary. Somebody who stops waiting does not stop the question.</summary>
    public async ValueTask<QemuFacts> GetAsync(string binary, CancellationToken cancel)
    {
        string identity = Identity(binary);
        if (!_known.TryGetValue(binary, out var known) || known.Identity != identity || known.Facts.IsFaulted || known.Facts.IsCanceled)
        {
            var asking = new TaskCompletionSource<QemuFacts>(TaskCreationOptions.RunContinuationsAsynchronously);
            var mine = new Known(identity, asking.Task);
            var winner = _known.AddOrUpdate(binary, mine, (_, there) =>
                there.Identity == identity && !there.Facts.IsFaulted && !there.Facts.IsCanceled ? there : mine);
            if (winner == mine) _ = FillAsync(binary, identity, asking);
            known = winner;
        }
        return await known.Facts.WaitAsync(cancel).ConfigureAwait(false);
    }

    async Task FillAsync(string binary, string identity, TaskCompletionSource<QemuFacts> asking)
    {
        try
        {
            string file = CacheFile(binary, identity);
            QemuFacts? facts = ReadCache(file);
            if (facts is null)
            {
                facts = await probe(binary, CancellationToken.None).ConfigureAwait(false);
                WriteCache(binary, file, facts);
            }
            asking.SetResult(facts);
        }
        catch (Exception e)
        {
            asking.SetException(e);
            _ = asking.Task.Exception;
        }
    }

    string Identity(string binary)
    {
        var file = new FileInfo(binary);
        if (!file.Exists)
            throw new VireoException(VirError.Of(ErrorCode.SystemError, ErrorDomain.None,
                $"Cannot check QEMU binary {binary}: {Errno.Text(2)}", 2));
        return string.Join('\n', binary, file.Length, file.LastWriteTimeUtc.Ticks, file.LinkTarget ?? "",
            Environment.OSVersion.VersionString, kvmUsable());
    }

    string CacheFile(string binary, string identity) => Path.Join(cacheFolder, "capabilities", $"vireo-{Hash(binary)}-{Hash(identity)}.xml");

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    static QemuFacts? ReadCache(string file)
    {
        try
        {
            using var text = File.OpenText(file);
            return CapabilityCacheReader.Read(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VireoException)
        {
            return null;
        }
    }

    static void WriteCache(string binary, string file, QemuFacts facts)
    {
        try
        {
            string folder = Path.GetDirectoryName(file)!;
            AtomicFile.MakeFolder(folder);
            foreach (string old in Directory.EnumerateFiles(folder, $"vireo-{Hash(binary)}-*")) File.Delete(old);
            AtomicFile.Write(file, facts.ToCache().ToXml());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VireoException)
        {
            // Without a cache the next start asks again.
        }
    }
}
