using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Host;

/// <summary>CPUs: which there are, and what hosts have in common.</summary>
static class HostCpuCommands
{
    static readonly OptionDef[] emulator =
    [
        OptionDef.Text("virttype", "type of domain"), OptionDef.Text("emulator", "path of the emulator"),
        OptionDef.Text("arch", "architecture"), OptionDef.Text("machine", "machine type"),
    ];

    public static CommandDef[] All { get; } =
    [
        new("cpu-baseline", "the best CPU that all of several hosts have", Baseline,
            OptionDef.Data("file", "file with the CPUs"), Features, Migratable)
        {
            Description = "Computes the richest CPU that is part of all those in the file.",
        },
        new("cpu-compare", "compare a CPU with the host's", Compare, OptionDef.Data("file", "file with the CPU"), Error, Validate)
        {
            Description = "Says whether the host has all of a CPU.",
        },
        new("cpu-models", "list CPU models", Models, OptionDef.Data("arch", "architecture"))
        {
            Description = "Prints the models that are known for an architecture.",
        },
        new("domcapabilities", "show what guests can have", DomainCapabilities,
            OptionDef.Text("virttype", "type of domain"), OptionDef.Text("emulatorbin", "path of the emulator"),
            OptionDef.Text("arch", "architecture"), OptionDef.Text("machine", "machine type"))
        {
            Description = "Prints what guests can have under an emulator on the host.",
        },
        new("hypervisor-cpu-baseline", "the best CPU that a hypervisor can give on several hosts", HypervisorBaseline,
            [OptionDef.Text("file", "file with the CPUs"), .. emulator, Features, Migratable, OptionDef.Text("model", "one model in place of a file")])
        {
            Description = "Computes the richest CPU of those in the file that the hypervisor can give.",
        },
        new("hypervisor-cpu-compare", "compare a CPU with what a hypervisor can give", HypervisorCompare,
            [OptionDef.Data("file", "file with the CPU"), .. emulator, Error, Validate])
        {
            Description = "Says whether the hypervisor can give all of a CPU on this host.",
        },
    ];

    static OptionDef Features => OptionDef.Flag("features", "also the features of the model");

    static OptionDef Migratable => OptionDef.Flag("migratable", "without features that forbid migration");

    static OptionDef Error => OptionDef.Flag("error", "fail with the reason if they do not go together");

    static OptionDef Validate => OptionDef.Flag("validate", "check the XML against the schema");

    static async ValueTask<bool> Models(ShellSession shell, CommandCall call)
    {
        string[] models = await Attempt.To("failed to get CPU model names", () =>
            shell.Calls.Read<INodeCpuModels>("virConnectGetCPUModelNames").GetCpuModelNamesAsync(call.Needed("arch"), 0, default));
        if (models.Length is 0)
            shell.Out.Line("all CPU models are accepted");
        foreach (string model in models)
            shell.Out.Line(model);
        return true;
    }

    static async ValueTask<bool> DomainCapabilities(ShellSession shell, CommandCall call)
    {
        string? virtType = call.Text("virttype"), binary = call.Text("emulatorbin"), arch = call.Text("arch"), machine = call.Text("machine");
        string document = await Attempt.To("failed to get emulator capabilities", () =>
            shell.Calls.Write<IDomainCapabilities>("virConnectGetDomainCapabilities").GetDomainCapabilitiesAsync(binary, arch, machine, virtType, 0, default));
        shell.Out.Line(document);
        return true;
    }

    static async ValueTask<bool> Compare(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), cpu = CpusIn(file)[0];
        var result = await Attempt.To($"Failed to compare host CPU with {file}", () =>
            shell.Calls.Read<INodeCpuComparison>("virConnectCompareCPU").CompareCpuAsync(cpu, CompareFlags(call), default));
        return Tell(shell, result, file, "host CPU", "Host CPU");
    }

    static async ValueTask<bool> HypervisorCompare(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file");
        string? virtType = call.Text("virttype"), binary = call.Text("emulator"), arch = call.Text("arch"), machine = call.Text("machine");
        string cpu = CpusIn(file)[0];
        var result = await Attempt.To($"Failed to compare hypervisor CPU with {file}", () =>
            shell.Calls.Write<IHypervisorCpus>("virConnectCompareHypervisorCPU")
                .CompareHypervisorCpuAsync(binary, arch, machine, virtType, cpu, CompareFlags(call), default));
        return Tell(shell, result, file, "the CPU provided by hypervisor on the host", "The CPU provided by hypervisor on the host");
    }

    static async ValueTask<bool> Baseline(ShellSession shell, CommandCall call)
    {
        string[] cpus = CpusIn(call.Needed("file"));
        shell.Out.Print(await shell.Calls.Read<INodeCpuModels>("virConnectBaselineCPU").BaselineCpuAsync(cpus, BaselineFlags(call), default));
        return true;
    }

    static async ValueTask<bool> HypervisorBaseline(ShellSession shell, CommandCall call)
    {
        string? file = call.Text("file"), model = call.Text("model");
        string? virtType = call.Text("virttype"), binary = call.Text("emulator"), arch = call.Text("arch"), machine = call.Text("machine");
        if (file is not null && model is not null)
            throw new CommandFailure("Options --file and --model are mutually exclusive");
        string[] cpus = file is not null ? CpusIn(file)
            : model is not null ? [$"<cpu><model>{System.Security.SecurityElement.Escape(model)}</model></cpu>"]
            : throw new CommandFailure("Either --file or --model must be provided");
        shell.Out.Print(await shell.Calls.Write<IHypervisorCpus>("virConnectBaselineHypervisorCPU")
            .BaselineHypervisorCpuAsync(binary, arch, machine, virtType, cpus, BaselineFlags(call), default));
        return true;
    }

    static bool Tell(ShellSession shell, CpuCompareResult result, string file, string whose, string Whose)
    {
        shell.Out.Line(result switch
        {
            CpuCompareResult.Identical => $"CPU described in {file} is identical to {whose}",
            CpuCompareResult.Superset => $"{Whose} is a superset of CPU described in {file}",
            _ => $"CPU described in {file} is incompatible with {whose}",
        });
        return result is CpuCompareResult.Identical or CpuCompareResult.Superset;
    }

    static ConnectCompareCpuFlags CompareFlags(CommandCall call) => (call.Has("error") ? ConnectCompareCpuFlags.FailIncompatible : 0)
        | (call.Has("validate") ? ConnectCompareCpuFlags.ValidateXml : 0);

    static ConnectBaselineCpuFlags BaselineFlags(CommandCall call) => (call.Has("features") ? ConnectBaselineCpuFlags.ExpandFeatures : 0)
        | (call.Has("migratable") ? ConnectBaselineCpuFlags.Migratable : 0);

    static string[] CpusIn(string file)
    {
        string[] cpus = CpuElements.In(DefinitionCommands.ReadFile(file), file);
        return cpus.Length > 0 ? cpus : throw new CommandFailure(
            $"File '{file}' does not contain any <cpu> element or valid domain XML, host capabilities XML, or domain capabilities XML");
    }
}
