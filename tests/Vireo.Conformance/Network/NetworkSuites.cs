using Vireo.Conformance.Runner;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NwFilter;
using Vireo.Model.Secret;

namespace Vireo.Conformance.Network;

/// <summary>Virtual networks.</summary>
sealed class NetworkXmlSuite : Suite
{
    public override string Name => "network-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(NetworkDef.Define(input.Text("input")).ToXml(input.Flag("inactive")));
}

/// <summary>Guests' cards on networks.</summary>
sealed class NetworkPortXmlSuite : Suite
{
    public override string Name => "network-port-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(NetworkPortDef.Define(input.Text("input")).ToXml());
}

/// <summary>Changes to sections of networks.</summary>
sealed class NetworkUpdateSuite : Suite
{
    public override string Name => "network-update";

    public override Outputs Run(CaseInput input)
    {
        NetworkDef network = NetworkDef.Define(input.Text("input"));
        NetworkDef changed = NetworkUpdate.Apply(network, Word<NetworkUpdateCommand>(input, "command"), Word<NetworkSection>(input, "section"),
            input.Json("parent_index").GetInt32(), input.Text("update"));
        return Outputs.Of(changed.ToXml(input.Flag("format_inactive")));
    }

    static T Word<T>(CaseInput input, string member) where T : struct, Enum =>
        Enum.Parse<T>(input.Word(member)!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}

/// <summary>Network filters.</summary>
sealed class FilterXmlSuite : Suite
{
    public override string Name => "nwfilter-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(FilterDef.Define(input.Text("input")).ToXml());
}

/// <summary>Network filters on guests' cards.</summary>
sealed class FilterBindingXmlSuite : Suite
{
    public override string Name => "nwfilter-binding-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(FilterBindingDef.Parse(input.Text("input")).ToXml());
}

/// <summary>The host's network cards, bridges, bonds and VLANs.</summary>
sealed class InterfaceXmlSuite : Suite
{
    public override string Name => "interface-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(InterfaceDef.Define(input.Text("input")).ToXml());
}

/// <summary>Secrets.</summary>
sealed class SecretXmlSuite : Suite
{
    public override string Name => "secret-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(SecretDef.Define(input.Text("input")).ToXml());
}
