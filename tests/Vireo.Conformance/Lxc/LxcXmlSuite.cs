using Vireo.Conformance.Runner;
using Vireo.Drivers.Lxc.Definition;
using Vireo.Model.Domain;
using Vireo.Model.Rules;

namespace Vireo.Conformance.Lxc;

/// <summary>Containers' documents with what the LXC driver fills in.</summary>
sealed class LxcXmlSuite : Suite
{
    public override string Name => "lxc-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        bool inactive = input.Word("mode") is "inactive";
        DomainDef written = DomainDef.Parse(input.Text("input"), inactive ? DomainParse.Inactive : DomainParse.None);
        DomainDef machine = LxcDefinition.Complete(written, new LxcContext { Inactive = inactive, Emulator = "/usr/libexec/libvirt_lxc" });
        DomainRules.Check(machine).ThrowFirst();
        return Outputs.Of(machine.ToXml(DomainFormat.Secure | (inactive ? DomainFormat.Inactive : DomainFormat.None)));
    }
}
