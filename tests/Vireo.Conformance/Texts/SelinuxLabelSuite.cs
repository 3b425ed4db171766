using Vireo.Conformance.Qemu;
using Vireo.Conformance.Runner;
using Vireo.Hypervisor.Security;

namespace Vireo.Conformance.Texts;

/// <summary>Labels of a guest's files.</summary>
sealed class SelinuxLabelSuite : Suite
{
    public override string Name => "selinux-label";

    public override Outputs Run(CaseInput input)
    {
        SelinuxContexts contexts = SelinuxContexts.Parse(File.ReadAllText(input.Shared("selinux-label/data/securityselinuxhelperdata/virtual_image_context")));
        // What is below nfs/ is on a file system without labels.
        return Outputs.Of(string.Concat(SelinuxLabels.Of(new QemuCase(input).Define(inactive: false), contexts, static path => !path.EndsWith(".in", StringComparison.Ordinal))
            .Select(static f => $"{f.Path};{(f.Path.StartsWith("/nfs/", StringComparison.Ordinal) && f.Label is not null ? "EOPNOTSUPP" : f.Label)}\n")));
    }

    // The order of the files means nothing.
    public override string? Difference(CaseInput input, string member, Output made, string? expected) =>
        made is Output.OfText text && expected is not null ? base.Difference(input, member, Output.Text(Sorted(text.Made)), Sorted(expected)) : base.Difference(input, member, made, expected);

    static string Sorted(string lines) => string.Join('\n', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
