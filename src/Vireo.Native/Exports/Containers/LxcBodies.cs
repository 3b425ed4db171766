using System.Globalization;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Containers;

/// <summary>A process that goes into a container. Nothing of this is a daemon's: the kernel is asked, for the thread that calls.</summary>
static unsafe class LxcBodies
{
    const ErrorDomain From = ErrorDomain.None;
    const int EINVAL = 22;

    /// <summary>In the order in which they are entered again: the others belong to the user namespace.</summary>
    static readonly string[] namespaces = ["user", "ipc", "uts", "net", "pid", "mnt"];

    [CBody("virDomainLxcEnterNamespace")]
    internal static int EnterNamespace(Handle* domain, uint count, int* descriptors, uint* oldCount, int** old, uint flags)
    {
        const string me = "virDomainLxcEnterNamespace";
        HandleTable.Check(domain, HandleKind.Domain, me, ErrorDomain.Dom);
        NoFlags(flags, me);
        int[] before = oldCount is not null && old is not null ? OpenOwn() : [];
        try
        {
            Enter(descriptors, count);
        }
        catch
        {
            foreach (int fd in before)
                _ = Libc.close(fd);
            if (oldCount is not null && old is not null)
            {
                *oldCount = 0;
                *old = null;
            }
            throw;
        }
        if (oldCount is not null && old is not null)
        {
            *old = CMemory.New<int>((nuint)before.Length);
            before.CopyTo(new Span<int>(*old, before.Length));
            *oldCount = (uint)before.Length;
        }
        return 0;
    }

    static void Enter(int* descriptors, uint count)
    {
        if (count is 0)
        {
            throw new VireoException(new VirError(
                ErrorCode.InvalidArg, From, "Expected at least one file descriptor", Str1: "virProcessSetNamespaces", Str2: "nfdlist", Int1: 0, Int2: 0));
        }
        NotNull(descriptors, "fdlist", "virDomainLxcEnterNamespace", From);
        for (uint i = 0; i < count; i++)
            if (descriptors[i] >= 0)
                Enter(descriptors[i]);
    }

    /// <summary>A namespace that we are in already is refused by the kernel as invalid, and so does not matter.</summary>
    static void Enter(int fd)
    {
        if (Namespaces.setns(fd, 0) == 0)
            return;
        int errno = Marshal.GetLastPInvokeError();
        // The runtime has a thread of its own, with which ours shares its root and current folder; mounts can be changed only by who shares them with nobody.
        if (errno is EINVAL && Namespaces.IsOfMounts(fd) && Namespaces.unshare(Namespaces.CLONE_FS) == 0 && Namespaces.setns(fd, 0) < 0)
            errno = Marshal.GetLastPInvokeError();
        if (errno is not EINVAL)
            throw VireoException.System(From, errno, "Unable to join domain namespace");
    }

    static int[] OpenOwn()
    {
        var opened = new List<int>();
        foreach (string name in namespaces)
        {
            int fd = Namespaces.open($"/proc/self/ns/{name}", Namespaces.O_CLOEXEC);
            if (fd >= 0)
                opened.Add(fd);
        }
        return [.. opened];
    }

    [CBody("virDomainLxcEnterSecurityLabel")]
    internal static int EnterSecurityLabel(CSecurityModel* model, CSecurityLabel* label, CSecurityLabel* old, uint flags)
    {
        const string me = "virDomainLxcEnterSecurityLabel";
        NoFlags(flags, me);
        NotNull(model, "model", me, From);
        NotNull(label, "label", me, From);
        if (old is not null)
            *old = default;
        string name = CMemory.Read(model->Model)!, wanted = CMemory.Read(label->Label)!;
        switch (name)
        {
            case "none":
                return 0;
            case "selinux":
                if (old is not null)
                    ReadContext(old);
                Write("/proc/thread-self/attr/exec", wanted + '\0', $"Cannot set context {wanted}");
                return 0;
            case "apparmor":
                string own = "/proc/thread-self/attr/apparmor/current";
                Write(File.Exists(own) ? own : "/proc/thread-self/attr/current", $"changeprofile {wanted}", $"error changing profile to {wanted}");
                return 0;
            default:
                throw new VireoException(ErrorCode.ArgumentUnsupported, From, $"Security model {name} cannot be entered");
        }
    }

    static void ReadContext(CSecurityLabel* to)
    {
        string failed = $"unable to get PID {Environment.ProcessId} security context";
        int fd = Opened("/proc/thread-self/attr/current", Namespaces.O_CLOEXEC, failed);
        nint length = Libc.read(fd, to->Label, CSecurityLabel.Size - 1);
        int errno = Marshal.GetLastPInvokeError();
        _ = Libc.close(fd);
        if (length < 0)
            throw VireoException.System(From, errno, failed);
        to->Enforcing = File.Exists("/sys/fs/selinux/enforce") && File.ReadAllText("/sys/fs/selinux/enforce").Trim() is "1" ? 1 : 0;
    }

    [CBody("virDomainLxcEnterCGroup")]
    internal static int EnterGroup(Handle* domain, uint flags)
    {
        const string me = "virDomainLxcEnterCGroup";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, ErrorDomain.Dom);
        NoFlags(flags, me);
        connection.RequireWrite(me, From);
        string init = domain->Id.ToString(CultureInfo.InvariantCulture), self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (!File.Exists($"/proc/{init}/cgroup"))
            throw VireoException.Internal(From, $"the container's first process, {init}, is not there");
        foreach (CgroupHierarchy one in CgroupMounts.Detect(FileSystemRoot.Host, process: init).Where(static one => one.Controllers is not CgroupControllers.Systemd))
            Write($"{one.MountPoint}/{one.Own.TrimStart('/')}/{(one.IsUnified ? "cgroup.procs" : "tasks")}", self, $"unable to enter the control group of process {init}");
        return 0;
    }

    static void NoFlags(uint flags, string me)
    {
        if (flags is not 0)
            throw VireoException.UnsupportedFlags(flags, me, From);
    }

    static int Opened(string path, int how, string failed)
    {
        int fd = Namespaces.open(path, how);
        return fd >= 0 ? fd : throw VireoException.System(From, Marshal.GetLastPInvokeError(), failed);
    }

    /// <summary>Writes all at once, as files of the kernel want it.</summary>
    static void Write(string path, string text, string failed)
    {
        int fd = Opened(path, Namespaces.O_WRONLY | Namespaces.O_CLOEXEC, failed);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        nint written;
        fixed (byte* at = bytes)
            written = Libc.write(fd, at, (nuint)bytes.Length);
        int errno = Marshal.GetLastPInvokeError();
        _ = Libc.close(fd);
        if (written < 0)
            throw VireoException.System(From, errno, failed);
    }
}
