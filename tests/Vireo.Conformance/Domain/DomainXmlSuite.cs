using Vireo.Conformance.Runner;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Rules;

namespace Vireo.Conformance.Domain;

/// <summary>Documents of no hypervisor in particular.</summary>
sealed class DomainXmlSuite : Suite
{
    public override string Name => "domain-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        bool inactive = input.Word("mode") is "inactive";
        DomainDef machine = DomainDef.Parse(input.Text("input"), inactive ? DomainParse.Inactive : DomainParse.None);
        DomainRules.Check(machine).ThrowFirst();
        machine = GeneralDefaults.Apply(machine, new GeneralContext { Inactive = inactive, IsNew = false });
        machine.RequireSameAbi(machine);
        return Outputs.Of(machine.ToXml(DomainFormat.Secure | (inactive ? DomainFormat.Inactive : DomainFormat.None)));
    }
}
