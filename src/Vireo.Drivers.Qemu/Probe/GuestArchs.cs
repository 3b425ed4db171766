using System.Runtime.InteropServices;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>The architectures of guests by libvirt's names, and which of them this host runs by itself.</summary>
static class GuestArchs
{
    /// <summary>All that QEMU may emulate, in the order of the capabilities document.</summary>
    internal static readonly string[] All =
    [
        "alpha", "armv6l", "armv7l", "aarch64", "cris", "i686", "loongarch64", "m68k", "microblaze", "microblazeel", "mips", "mipsel", "mips64", "mips64el",
        "or32", "parisc", "ppc", "ppc64", "ppc64le", "riscv32", "riscv64", "s390x", "sh4", "sh4eb", "sparc", "sparc64", "x86_64", "xtensa", "xtensaeb",
    ];

    static readonly HashSet<string> others = new(StringComparer.Ordinal)
    {
        "armv7b", "ia64", "itanium", "lm32", "openrisc", "parisc64", "ppcemb", "s390", "unicore32",
    };

    /// <summary>Whether libvirt has a name like this.</summary>
    internal static bool IsKnown(string arch) => All.Contains(arch) && arch != "or32" || others.Contains(arch);

    /// <summary>This host's.</summary>
    internal static string Host => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i686",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture.Ppc64le => "ppc64le",
        Architecture.S390x => "s390x",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loongarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>QEMU's name, as in the names of its programs.</summary>
    internal static string Target(string arch) => arch switch
    {
        "i686" => "i386",
        "armv6l" or "armv7l" => "arm",
        "ppc64le" => "ppc64",
        "or32" => "or1k",
        "parisc" => "hppa",
        _ => arch,
    };

    /// <summary>Can the host's processor run it, and so KVM?</summary>
    internal static bool IsNative(string arch) => IsNative(Host, arch);

    /// <summary>Can a processor of one architecture run guests of another, and so KVM?</summary>
    internal static bool IsNative(string host, string arch) => (host, arch) switch
    {
        ("x86_64", "i686") or ("aarch64", "armv7l") or ("armv7l", "armv6l") or ("ppc64le", "ppc64") or ("ppc64", "ppc64le") => true,
        var (own, guest) => own == guest,
    };
}
