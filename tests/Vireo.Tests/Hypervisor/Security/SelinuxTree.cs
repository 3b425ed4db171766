using Vireo.Host.Files;
using Vireo.Hypervisor.Security;

namespace Vireo.Tests.Hypervisor.Security;

/// <summary>A host with SELinux, as far as its files show.</summary>
sealed class SelinuxTree : IDisposable
{
    internal const string Daemon = "system_u:system_r:virtd_t:s0-s0:c0.c1023";

    readonly string folder = Directory.CreateTempSubdirectory("selinux").FullName;

    internal SelinuxTree()
    {
        Write("/proc/self/mounts", "proc /proc proc rw 0 0\nselinuxfs /sys/fs/selinux selinuxfs rw 0 0\n");
        Write("/sys/fs/selinux/enforce", "1");
        Write("/etc/selinux/config", "# SELINUXTYPE=mls\nSELINUX=enforcing\nSELINUXTYPE=default \n");
        Write("/etc/selinux/default/contexts/virtual_domain_context", "system_u:system_r:svirt_t:s0\nsystem_u:system_r:svirt_tcg_t:s0\n");
        Write("/etc/selinux/default/contexts/virtual_image_context", "system_u:object_r:svirt_image_t:s0\nsystem_u:object_r:virt_content_t:s0\n");
        Write("/proc/thread-self/attr/current", Daemon + '\0');
        Write("/proc/thread-self/attr/sockcreate", "");
    }

    internal FileSystemRoot Root => new(folder);

    internal string Folder => folder;

    internal string Read(string path) => File.ReadAllText(Root.Of(path));

    internal SelinuxPolicy Policy => SelinuxPolicy.Load(Root);

    internal void Write(string path, string text)
    {
        string file = Root.Of(path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    internal void Remove(string path) => File.Delete(Root.Of(path));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
