using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Drivers.NodeDevice.Mediated;
using Vireo.Model.NodeDevice;

namespace Vireo.Conformance.NodeDevice;

/// <summary>How mdevctl is told, and what it tells.</summary>
sealed class MdevctlSuite : Suite
{
    // The suite's environment: the host's devices and their addresses.
    static readonly Dictionary<string, string> addresses = new(StringComparer.Ordinal)
    {
        ["pci_0000_00_02_0"] = "0000:00:02.0", ["ap_matrix"] = "matrix", ["css_0_0_0052"] = "0.0.0052",
    };

    public override string Name => "nodedev-mdevctl";

    public override Outputs Run(CaseInput input)
    {
        NodeDeviceDef device = NodeDeviceDef.Define(input.Text("input"));
        NodeCapability.OfMdev part = device.Capabilities.OfType<NodeCapability.OfMdev>().Single();
        string parent = addresses[device.Parent!.Name!];
        MdevctlCommand[] commands = input.Word("command") switch
        {
            "create" => [MdevctlCommands.Create(device, parent)],
            "define" => [MdevctlCommands.Define(device, parent)],
            "start" => [MdevctlCommands.Start(part.Uuid!.Value)],
            "destroy" or "stop" => [MdevctlCommands.Stop(part.Uuid!.Value)],
            "undefine" => [MdevctlCommands.Undefine(part.Uuid!.Value)],
            "autostart on, then off" => [MdevctlCommands.Autostart(part.Uuid!.Value, true), MdevctlCommands.Autostart(part.Uuid.Value, false)],
            var other => throw new InvalidDataException($"unknown command {other}"),
        };
        Outputs made = Outputs.Of(CommandText.Of(commands.Select(static c => (IReadOnlyList<string>)["mdevctl", .. c.Arguments])));
        if (commands is [{ Input: { } text }])
            made["expected_stdin"] = Output.Text(text);
        return made;
    }
}
