using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>Starts a QEMU without a machine and asks it. Where KVM is usable, a second one is asked about its translator.</summary>
public sealed class QemuProber(ProcessHost processes, string workFolder, Func<bool> kvmUsable)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ProbeTurns _turns = new(Environment.ProcessorCount);

    /// <summary>The facts of a binary.</summary>
    /// <param name="binary">The binary.</param>
    /// <param name="told">Gets what it told first.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<QemuFacts> ProbeAsync(string binary, Action<QemuOutline> told, CancellationToken cancel)
    {
        await _turns.TakeAsync(ProbeTurns.Outline).ConfigureAwait(false);
        try
        {
            var facts = await AskAsync(binary, kvmUsable() ? "kvm:tcg" : "tcg", async (talk, stop) =>
            {
                QemuOutline outline = await talk.OutlineAsync(stop).ConfigureAwait(false);
                told(outline);
                _turns.End();
                await _turns.TakeAsync(outline.KvmUsable ? ProbeTurns.Native : ProbeTurns.Foreign).ConfigureAwait(false);
                return await talk.AskAsync(stop).ConfigureAwait(false);
            }, cancel).ConfigureAwait(false);
            if (facts.Kvm is null) return facts;
            var translator = await AskAsync(binary, "tcg", (talk, stop) => talk.AskTranslatorAsync(facts, stop), cancel).ConfigureAwait(false);
            return facts with { Tcg = translator };
        }
        finally
        {
            _turns.End();
        }
    }

    /// <summary>Asks a binary something that its facts do not tell.</summary>
    /// <param name="binary">The binary.</param>
    /// <param name="kvm">Asked of its part for KVM, else of its translator.</param>
    /// <param name="ask">The questions.</param>
    /// <param name="cancel">Gives up.</param>
    internal Task<T> AskAsync<T>(string binary, bool kvm, Func<QmpMonitor, CancellationToken, Task<T>> ask, CancellationToken cancel) =>
        StartAsync(binary, kvm ? "kvm:tcg" : "tcg", async (monitor, stop) =>
        {
            await monitor.OpenAsync(stop).ConfigureAwait(false);
            return await ask(monitor, stop).ConfigureAwait(false);
        }, cancel);

    Task<T> AskAsync<T>(string binary, string accelerators, Func<QemuConversation, CancellationToken, Task<T>> ask, CancellationToken cancel) =>
        StartAsync(binary, accelerators, async (monitor, stop) =>
        {
            try
            {
                return await ask(new QemuConversation(monitor, binary), stop).ConfigureAwait(false);
            }
            catch (QmpRefusal refusal)
            {
                throw Failed(refusal.Message, refusal);
            }
        }, cancel);

    async Task<T> StartAsync<T>(string binary, string accelerators, Func<QmpMonitor, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        AtomicFile.MakeFolder(workFolder);
        using var folder = new TempFolder(workFolder, "qmp-");
        string errors = Path.Join(folder.Path, "errors");
        var (line, theirs) = UnixSockets.Pair();
        await using var monitor = new QmpMonitor(line);
        HostProcess process;
        using (theirs)
        using (SafeFileHandle output = File.OpenHandle(errors, FileMode.Create, FileAccess.Write))
            process = await processes.StartAsync(Plan(binary, accelerators, theirs, output), cancel).ConfigureAwait(false);
        using (process)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                return await ask(monitor, patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is (VireoException and not QmpRefusal) or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                string said = (await File.ReadAllTextAsync(errors, CancellationToken.None).ConfigureAwait(false)).Trim();
                throw Failed(said.Length > 0 ? said : e.Message, e);
            }
            finally
            {
                await process.EndAsync(TimeSpan.Zero, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    static VireoException Failed(string why, Exception e) => VireoException.Internal(ErrorDomain.Qemu, $"Failed to probe QEMU binary with QMP: {why}", e);

    static ProcessPlan Plan(string binary, string accelerators, SafeFileHandle monitor, SafeFileHandle output) => new()
    {
        Program = binary,
        Arguments =
        [
            "-S", "-no-user-config", "-nodefaults", "-nographic", "-machine", $"none,accel={accelerators}",
            "-chardev", "socket,id=monitor,fd=3", "-mon", "chardev=monitor,mode=control",
        ],
        Environment = [new("LC_ALL", "C"), new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")],
        Descriptors = [new(monitor, 3), new(output, 2)],
        DiesWithDaemon = true,
    };
}
