namespace Vireo.Drivers.Qemu.Probe;

/// <summary>
/// Which versions of QEMU the questions of <see cref="QemuConversation"/> were put to: a recording of what a binary answered is asked again by the tests. Other versions work
/// as far as they answer alike, which nobody has looked at.
/// </summary>
public static class TestedVersions
{
    /// <summary>The versions that libvirt 9.0.0 knows, each with the guests' architectures whose binary was recorded; none: it is untested.</summary>
    public static IReadOnlyList<(string Version, IReadOnlyList<string> Archs)> All { get; } =
    [
        ("4.2.0", []),
        ("5.0.0", ["x86_64"]),
        ("5.1.0", ["sparc", "x86_64"]),
        ("5.2.0", ["riscv64", "x86_64"]),
        ("6.0.0", ["s390x"]),
        ("6.1.0", ["x86_64"]),
        ("6.2.0", ["x86_64"]),
        ("7.0.0", ["aarch64"]),
        ("7.1.0", []),
        ("7.2.0", ["x86_64"]),
    ];
}
