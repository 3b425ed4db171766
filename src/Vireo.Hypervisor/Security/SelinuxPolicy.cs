using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Topology;
using Vireo.Model.Capabilities;

namespace Vireo.Hypervisor.Security;

/// <summary>What a host's SELinux policy says of guests, and how it is enforced.</summary>
public sealed class SelinuxPolicy
{
    const int NoEntry = 2, Invalid = 22;
    const string ConfigFile = "/etc/selinux/config";

    readonly FileSystemRoot root;
    readonly string kernel;

    SelinuxPolicy(FileSystemRoot root, string kernel, string folder)
    {
        (this.root, this.kernel) = (root, kernel);
        string domains = Path.Join(folder, "contexts/virtual_domain_context"), images = Path.Join(folder, "contexts/virtual_image_context");
        string[] lines = Lines(Read(domains) ?? throw Unreadable($"cannot read SELinux virtual domain context file '{domains}'"));
        (Guests, EmulatedGuests, TellsGuestsApart) = lines switch
        {
            [var all] => (all, all, false),
            [var accelerated, var emulated, ..] => (accelerated, emulated, true),
            [] => throw VireoException.Internal(ErrorDomain.Security, $"'{domains}' names no context for guests"),
        };
        Files = SelinuxContexts.Parse(Read(images) ?? throw Unreadable($"cannot read SELinux virtual image context file {images}"));
        DefaultsFile = root.Of(Path.Join(folder, "contexts/files/file_contexts"));
    }

    /// <summary>The context of guests that a hypervisor of the kernel runs.</summary>
    public string Guests { get; }

    /// <summary>The context of guests that are emulated; a policy that does not tell them apart has one for both.</summary>
    public string EmulatedGuests { get; }

    /// <summary>
    /// The policy has a context for emulated guests. Without one they may lack the right to run what they translate, unless its switch
    /// <c>virt_use_execmem</c> gives it: worth a warning.
    /// </summary>
    public bool TellsGuestsApart { get; }

    /// <summary>The contexts of guests' files.</summary>
    public SelinuxContexts Files { get; }

    /// <summary>The table of the labels that files have by their paths.</summary>
    public string DefaultsFile { get; }

    /// <summary>The model as the host's capabilities show it.</summary>
    public HostSecurityModel Shown => new(SelinuxLabels.Model, "0", [("kvm", Guests), ("qemu", EmulatedGuests)]);

    /// <summary>Whether the kernel obeys the policy, or only writes down what it would refuse.</summary>
    /// <exception cref="VireoException">The kernel does not say.</exception>
    public bool IsEnforcing => Read(Path.Join(kernel, "enforce")) is { } text
        ? text.Trim() != "0" : throw VireoException.System(ErrorDomain.Security, NoEntry, "error calling security_getenforce()");

    /// <summary>The daemon's own context.</summary>
    /// <exception cref="VireoException">The kernel does not say, or says something odd.</exception>
    public SecurityContext Own
    {
        get
        {
            string text = Label("/proc/thread-self/attr/current") ?? throw Unreadable("Unable to get current process SELinux context");
            return SecurityContext.Parse(text) ?? throw VireoException.System(ErrorDomain.Security, Invalid, $"Unable to parse current SELinux context '{text}'");
        }
    }

    /// <summary>Whether there is SELinux on a host: a kernel with it, and a configuration.</summary>
    public static bool IsThere(FileSystemRoot root) => KernelFolder(root) is not null && File.Exists(root.Of(ConfigFile));

    /// <summary>Reads the policy's contexts.</summary>
    /// <exception cref="VireoException">SELinux is not there, or its policy says nothing of guests.</exception>
    public static SelinuxPolicy Load(FileSystemRoot root) => IsThere(root) && KernelFolder(root) is { } kernel
        ? new SelinuxPolicy(root, kernel, Path.Join("/etc/selinux", PolicyName(root)))
        : throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Security, "Security driver selinux not enabled");

    /// <summary>A switch of the policy; one that is not there is off.</summary>
    public bool IsOn(string boolean) => Read(Path.Join(kernel, "booleans", boolean)) is ['1', ..];

    /// <summary>The context of a process.</summary>
    /// <exception cref="VireoException">It is gone.</exception>
    public string ContextOf(int pid) => Label(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/attr/current"))
        ?? throw Unreadable(string.Create(CultureInfo.InvariantCulture, $"unable to get PID {pid} security context"));

    /// <summary>The context of the daemon's own sockets to a guest: the daemon's, in the guest's range.</summary>
    public string SocketToGuest(string guest) => (Own with { Range = RangeOf(guest) }).ToString();

    /// <summary>Labels the sockets that this thread makes until what comes back is disposed of.</summary>
    /// <param name="label">A guest's, for sockets that it gets; that of <see cref="SocketToGuest"/> for those by which the daemon talks to it.</param>
    /// <exception cref="VireoException">The kernel refuses it though the policy is enforced.</exception>
    public SocketLabel LabelSockets(string label) => SocketLabel.Use(root, IsEnforcing, label);

    /// <summary>A context's range.</summary>
    /// <exception cref="VireoException">It is no context, or has none.</exception>
    internal static string RangeOf(string context) =>
        (SecurityContext.Parse(context) ?? throw VireoException.System(ErrorDomain.Security, Invalid, $"unable to allocate socket security context '{context}'")).Range
        ?? throw VireoException.System(ErrorDomain.Security, 0, "unable to get selinux context range");

    string? Label(string path) => Read(path)?.TrimEnd('\0', '\n') is { Length: > 0 } label ? label : null;

    string? Read(string path) => new HostTree(root.Path).Text(path);

    static string? KernelFolder(FileSystemRoot root)
    {
        string mounts = root.Of("/proc/self/mounts");
        string? mounted = File.Exists(mounts)
            ? File.ReadLines(mounts).Select(static line => line.Split(' ')).FirstOrDefault(static words => words is [_, _, "selinuxfs", ..])?[1] : null;
        return mounted ?? (File.Exists(root.Of("/sys/fs/selinux/enforce")) ? "/sys/fs/selinux" : null);
    }

    static string PolicyName(FileSystemRoot root)
    {
        const string key = "SELINUXTYPE=", usual = "targeted";
        string? line = File.ReadLines(root.Of(ConfigFile)).Select(static l => l.Trim()).FirstOrDefault(static l => l.StartsWith(key, StringComparison.Ordinal));
        return line?[key.Length..].Trim() is { Length: > 0 } name ? name : usual;
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static VireoException Unreadable(string what) => VireoException.System(ErrorDomain.Security, NoEntry, what);
}
