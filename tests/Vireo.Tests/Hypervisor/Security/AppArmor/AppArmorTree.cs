using Vireo.Host.Files;
using Vireo.Hypervisor.Security.AppArmor;

namespace Vireo.Tests.Hypervisor.Security.AppArmor;

/// <summary>A host's files as they are where AppArmor is switched on, and a parser that writes down how it is called.</summary>
sealed class AppArmorTree : IDisposable
{
    internal const string Template = "# For the guest of this name.\n#include <tunables/global>\n\nprofile LIBVIRT_TEMPLATE flags=(attach_disconnected) {\n  #include <abstractions/libvirt-qemu>\n}\n";

    internal AppArmorTree()
    {
        Folder = Directory.CreateTempSubdirectory("vireo-apparmor-").FullName;
        Root = new FileSystemRoot(Folder);
        Put("/sys/module/apparmor/parameters/enabled", "Y\n");
        Put("/sys/kernel/security/apparmor/profiles", "");
        Put("/etc/apparmor.d/libvirt/TEMPLATE.qemu", Template);
        Parser = Path.Join(Folder, "apparmor_parser");
        Refuse(null);
    }

    internal string Folder { get; }

    internal FileSystemRoot Root { get; }

    internal string Parser { get; }

    internal string Profiles => Root.Of("/etc/apparmor.d/libvirt");

    /// <summary>How the parser was called.</summary>
    internal IReadOnlyList<string> Calls => File.Exists(Folder + "/calls") ? File.ReadAllLines(Folder + "/calls") : [];

    internal AppArmorHost? Find() => AppArmorHost.Find(Root, name => name == "apparmor_parser" && File.Exists(Parser) ? Parser : null);

    internal void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root.Of(path))!);
        File.WriteAllText(Root.Of(path), text);
    }

    /// <summary>From now on the parser fails with these words; null: it does not fail.</summary>
    internal void Refuse(string? words)
    {
        File.WriteAllText(Parser, $"#!/bin/sh\necho \"$*\" >>'{Folder}/calls'\n{(words is null ? "exit 0" : $"echo \"{words}\" >&2; exit 1")}\n");
        File.SetUnixFileMode(Parser, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
