using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Hypervisor.Security.AppArmor;

/// <summary>
/// The profiles of guests, in libvirt's files: <c>libvirt-UUID</c>, made from the template once and an administrator's to change from then on, and
/// <c>libvirt-UUID.files</c>, which it includes and which has the rules of a run.
/// </summary>
/// <param name="host">The host's AppArmor.</param>
/// <param name="folder">Where the profiles are: a folder named <c>libvirt</c> in one where the parser looks for what profiles include.</param>
/// <param name="processes">Starts the parser.</param>
public sealed class AppArmorProfiles(AppArmorHost host, string folder, ProcessHost processes)
{
    const int Everybody = 0x1a4;
    const string Notice = "# These are the rules of a run. They are written anew with every change: what is to stay belongs into the profile beside this file.";

    /// <summary>The host's AppArmor.</summary>
    public AppArmorHost Host => host;

    /// <summary>The name of a guest's profile.</summary>
    public static string NameOf(Uuid guest) => $"libvirt-{guest}";

    /// <summary>Makes the rules of a guest's profile those, and gives the profile to the kernel.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="rules">All rules.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: the parser or the kernel does not take it. The rules are those from before then.</exception>
    public async Task LoadAsync(Uuid guest, IReadOnlyList<string> rules, CancellationToken cancel)
    {
        string name = NameOf(guest), files = FilesOf(guest);
        AtomicFile.MakeFolder(folder);
        string? before = File.Exists(files) ? await File.ReadAllTextAsync(files, cancel).ConfigureAwait(false) : null;
        if (!File.Exists(ProfileOf(guest)))
            AtomicFile.Write(ProfileOf(guest), Made(name), Everybody, durable: false);
        AtomicFile.Write(files, string.Join('\n', [Notice, .. rules, ""]), Everybody, durable: false);
        try
        {
            FinishedProgram done = await RunAsync("--replace", guest, cancel).ConfigureAwait(false);
            if (!done.Status.IsSuccess)
                throw VireoException.Internal(ErrorDomain.Security, $"cannot load AppArmor profile '{name}': {done.Error.Trim()}");
        }
        catch
        {
            if (before is null) File.Delete(files);
            else AtomicFile.Write(files, before, Everybody, durable: false);
            throw;
        }
    }

    /// <summary>The rules of a guest's profile as they are; none if it has no profile.</summary>
    public IReadOnlyList<string> RulesOf(Uuid guest) =>
        File.Exists(FilesOf(guest)) ? [.. File.ReadLines(FilesOf(guest)).Where(static line => line.Length > 0 && !line.TrimStart().StartsWith('#'))] : [];

    /// <summary>
    /// Takes a guest's profile from the kernel, and its rules away. The profile's file stays if an administrator has changed it. One that was not there is fine.
    /// </summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: the kernel keeps it.</exception>
    public async Task RemoveAsync(Uuid guest, CancellationToken cancel)
    {
        string profile = ProfileOf(guest);
        if (!File.Exists(FilesOf(guest)))
            return;
        FinishedProgram? done = File.Exists(profile) ? await RunAsync("--remove", guest, cancel).ConfigureAwait(false) : null;
        File.Delete(FilesOf(guest));
        if (done is null)
            return;
        if (await File.ReadAllTextAsync(profile, cancel).ConfigureAwait(false) == Made(NameOf(guest)))
            File.Delete(profile);
        if (!done.Status.IsSuccess && !done.Error.Contains("doesn't exist", StringComparison.Ordinal))
            throw VireoException.Internal(ErrorDomain.Security, $"cannot remove AppArmor profile '{NameOf(guest)}': {done.Error.Trim()}");
    }

    string ProfileOf(Uuid guest) => Path.Join(folder, NameOf(guest));

    string FilesOf(Uuid guest) => Path.Join(folder, NameOf(guest) + ".files");

    // The include is the profile's last line, as libvirt has it.
    string Made(string name)
    {
        string text = host.Template.Replace(AppArmorHost.TemplateName, name, StringComparison.Ordinal);
        int end = text.LastIndexOf('}');
        return end < 0 ? text : $"{text[..end]}  #include <libvirt/{name}.files>\n}}\n";
    }

    // Compiled profiles of the parser's cache are never right: what is included changes without the profile.
    Task<FinishedProgram> RunAsync(string action, Uuid guest, CancellationToken cancel) => processes.FinishAsync(new ProcessPlan
    {
        Program = host.Parser,
        Arguments = [action, "--skip-cache", "--Include", Path.GetDirectoryName(folder)!, ProfileOf(guest)],
        Environment = [new("LC_ALL", "C"), new("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")],
        DiesWithDaemon = true,
    }, cancel: cancel);
}
