using System.Collections.Frozen;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain;

public sealed partial record OsDef
{
    /// <summary>Whether libvirt knows an architecture of this name.</summary>
    public static bool IsArchitecture(string name) => Architectures.Contains(name);

    /// <summary>Every architecture that libvirt knows a name of; the grammar has some fewer.</summary>
    internal static FrozenSet<string> Architectures { get; } = FrozenSet.ToFrozenSet([.. Documented, "armv7b", "itanium", "loongarch64", "ppcle"], StringComparer.Ordinal);

    static string[] Documented =>
    [
        "aarch64", "alpha", "armv6l", "armv7l", "cris", "i686", "ia64", "lm32", "m68k", "microblaze", "microblazeel", "mips", "mipsel", "mips64", "mips64el", "openrisc", "parisc",
        "parisc64", "ppc", "ppc64", "ppc64le", "ppcemb", "riscv32", "riscv64", "s390", "s390x", "sh4", "sh4eb", "sparc", "sparc64", "unicore32", "x86_64", "xtensa", "xtensaeb",
    ];

    /// <summary>The guests' architectures.</summary>
    internal static ValueShape Architecture { get; } = Forms.Words(Documented);

    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("kernel", Forms.AbsolutePath).Form("initrd", Forms.AbsolutePath).Form("dtb", Forms.AbsolutePath).Form("initdir", Forms.AbsolutePath).Required("type")
            .TextChild("root", Forms.AbsolutePath, summary: "The root device of old Xen guests.")
            .Since("5.2.0", "@firmware").Since("7.2.0", "firmware").Since("1.2.8", "nvram").Since("0.8.7", "smbios").Since("0.8.3", "bootmenu").Since("0.9.4", "bios");
        s.Group("type").Form("@arch", Architecture).Form("@machine", Forms.Pattern("a machine type", @"[a-zA-Z0-9_\.\-]+")).Text(OsTypeNames.XmlShape, required: true);
        s.Group("firmware").Required("feature");
    }
}

public sealed partial record Loader
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@type", Forms.Words("rom", "pflash")).Since("1.2.8", "@readonly", "@type").Since("2.1.0", "@secure").Text(Forms.AbsolutePath);
}

public sealed partial record AcpiTable
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@type", Forms.Words("slic")).Text(Forms.AbsolutePath, required: true);
}

public sealed partial record BootMenu
{
    static void DescribeXml(ShapeBuilder s) => s.Required("@enable").Form("@timeout", Forms.Range(0, 65535)).Since("1.2.8", "@timeout");
}

public sealed partial record Bios
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@rebootTimeout", Forms.Range(-1, 32767)).Since("0.10.2", "@rebootTimeout");
}

public sealed partial record Nvram
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@template", Forms.AbsolutePath);
}
