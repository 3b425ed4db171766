using System.Text.Json;
using System.Xml.Linq;
using Vireo.Conformance.Runner;
using Vireo.Core.Json;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>The emulator's settings of a migration, as QEMU tells them, as the status file keeps them and as they are put back.</summary>
sealed class MigrationParameterSuite : Suite
{
    public override string Name => "qemu-migration-params";

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "reply2xml" => Outputs.Of(Xml(Replied(input))),
        "reply2json" => Outputs.Of(JsonText.Pretty(JsonText.Parse(QmpText.Arguments(new MigrateSetParameters([.. Replied(input)])).GetRawText()))),
        "xml2xml" => Outputs.Of(Xml(MigrationParameters.Checked(XDocument.Parse(input.Text("input")).Descendants("param")
            .Select(static p => new StatusMigrationParameter { Name = p.Attribute("name")!.Value, Value = p.Attribute("value")!.Value })))),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    static IEnumerable<StatusMigrationParameter> Replied(CaseInput input)
    {
        using var document = JsonDocument.Parse(input.Text("qmp"));
        return new QueryMigrateParameters().Read(document.RootElement.GetProperty("return").Clone());
    }

    // The element of the status file, within one that the corpus puts around it.
    static string Xml(IEnumerable<StatusMigrationParameter> parameters)
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("test");
        o.Open("migParams");
        foreach (StatusMigrationParameter one in parameters)
            one.WriteXml(o);
        o.Close("migParams");
        o.Close("test");
        return o.ToString();
    }
}
