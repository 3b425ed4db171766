using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Topology;

namespace Vireo.Hypervisor.Security.AppArmor;

/// <summary>How a profile of AppArmor's is applied to a process.</summary>
/// <param name="Profile">Its name.</param>
/// <param name="IsEnforced">What it does not allow is refused, and not only written down.</param>
public readonly record struct AppArmorLabel(string Profile, bool IsEnforced);

/// <summary>AppArmor as a host has it: the kernel's part, and what is needed to give it profiles.</summary>
/// <param name="Root">Where the host's files are looked for.</param>
/// <param name="Parser">The program that compiles profiles and gives them to the kernel.</param>
/// <param name="Template">The profile that guests' profiles are made from.</param>
public sealed record AppArmorHost(FileSystemRoot Root, string Parser, string Template)
{
    /// <summary>The model's name.</summary>
    public const string Model = "apparmor";

    /// <summary>The word in the template where a guest's own name goes.</summary>
    public const string TemplateName = "LIBVIRT_TEMPLATE";

    const string TemplateFile = "/etc/apparmor.d/libvirt/TEMPLATE.qemu", Enabled = "/sys/module/apparmor/parameters/enabled";

    /// <summary>
    /// Finds it. A kernel that has it switched on is not enough: without the parser, the template or the kernel's list of profiles guests cannot be confined.
    /// </summary>
    /// <param name="root">Where the host's files are looked for.</param>
    /// <param name="parser">Finds the program; null: where programs are.</param>
    /// <returns>Null: it is not there.</returns>
    public static AppArmorHost? Find(FileSystemRoot root, Func<string, string?>? parser = null) =>
        Read(root, Enabled) is "Y" && File.Exists(root.Of("/sys/kernel/security/apparmor/profiles")) && Read(root, TemplateFile) is { } template
            && template.Contains(TemplateName, StringComparison.Ordinal) && (parser ?? ProgramOutput.Find)("apparmor_parser") is { } program
            ? new AppArmorHost(root, program, template) : null;

    /// <summary>What applies to a process; null: nothing, or the process is gone.</summary>
    public AppArmorLabel? LabelOf(int pid)
    {
        string? label = Read(Root, $"/proc/{pid}/attr/apparmor/current") ?? Read(Root, $"/proc/{pid}/attr/current");
        if (label is null or "" or "unconfined")
            return null;
        int mode = label.LastIndexOf(" (", StringComparison.Ordinal);
        return mode < 0 ? new AppArmorLabel(label, false) : new AppArmorLabel(label[..mode], label.EndsWith(" (enforce)", StringComparison.Ordinal));
    }

    // What the kernel says ends with or without a line's end or a zero.
    static string? Read(FileSystemRoot root, string path) => new HostTree(root.Path).Text(path)?.TrimEnd('\n', '\0');
}
