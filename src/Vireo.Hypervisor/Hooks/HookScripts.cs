using Vireo.Core.Errors;
using Vireo.Host;
using Vireo.Host.Processes;

namespace Vireo.Hypervisor.Hooks;

/// <summary>
/// Scripts of the host's owner that are told of what happens, in libvirt's places: <c>hooks/DRIVER</c>, then those in <c>hooks/DRIVER.d</c> in the order of their names.
/// A file that cannot be executed is none.
/// </summary>
/// <param name="paths">The daemon's places; a user's daemon has no hooks.</param>
/// <param name="driver">Whose: <c>network</c>.</param>
/// <param name="processes">Starts them.</param>
public sealed class HookScripts(HostPaths paths, string driver, ProcessHost processes)
{
    const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    string Main => Path.Join(paths.EtcDir, "hooks", driver);

    /// <summary>Whether anybody is to be told.</summary>
    public bool Any => Scripts().Any();

    IEnumerable<string> Scripts()
    {
        if (!paths.Privileged)
            return [];
        string folder = Main + ".d";
        IEnumerable<string> more = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
        return more.Prepend(Main).Where(static file => File.Exists(file) && (File.GetUnixFileMode(file) & Execute) != 0);
    }

    /// <summary>Tells all of them, one after the other, also when one fails; the last failure is reported.</summary>
    /// <param name="name">Of what something happens to.</param>
    /// <param name="operation">What happens.</param>
    /// <param name="phase">Whether it begins or ends.</param>
    /// <param name="document">What they read.</param>
    /// <param name="cancel">Ends them.</param>
    /// <exception cref="VireoException">VIR_ERR_HOOK_SCRIPT_FAILED: one failed.</exception>
    public async ValueTask RunAsync(string name, string operation, string phase, string document, CancellationToken cancel)
    {
        VireoException? failure = null;
        foreach (string script in Scripts())
        {
            FinishedProgram run = await processes.FinishAsync(new ProcessPlan { Program = script, Arguments = [name, operation, phase, "-"], Environment = [.. Surroundings()] }, document, cancel).ConfigureAwait(false);
            if (run.Status.IsSuccess)
                continue;
            IEnumerable<string> words = run.Plan.Environment.Select(static one => $"{one.Key}={one.Value}").Append(script).Concat(run.Plan.Arguments);
            failure = new VireoException(ErrorCode.HookScriptFailed, ErrorDomain.Hook, $"internal error: {run.Ended(words)}");
        }
        if (failure is not null)
            throw failure;
    }

    // What libvirt leaves to the programs that it runs.
    static IEnumerable<KeyValuePair<string, string>> Surroundings()
    {
        yield return new("LC_ALL", "C");
        yield return new("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/bin:/usr/bin");
        foreach (string name in (string[])["HOME", "USER", "LOGNAME", "TMPDIR"])
            if (Environment.GetEnvironmentVariable(name) is { } value)
                yield return new(name, value);
    }
}
