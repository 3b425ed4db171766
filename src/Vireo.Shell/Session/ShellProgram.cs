using System.Globalization;
using Vireo.Shell.Commands;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Host;
using Vireo.Shell.Commands.Interfaces;
using Vireo.Shell.Commands.Networks;
using Vireo.Shell.Commands.NodeDevices;
using Vireo.Shell.Commands.Storage;
using Vireo.Shell.Cpus;
using Vireo.Shell.Documents;
using Vireo.Shell.Jobs;
using Vireo.Shell.Migrations;
using Vireo.Shell.NetDoctor;
using Vireo.Shell.Parsing;
using Vireo.Shell.Rights;

namespace Vireo.Shell.Session;

/// <summary>The program from its arguments to its exit code.</summary>
static class ShellProgram
{
    /// <summary>What the program stands in; tests bring their own.</summary>
    public sealed record Surroundings
    {
        public required string Name { get; init; }
        public required IReadOnlyList<string> Arguments { get; init; }
        public required Func<string, string?> Environment { get; init; }
        public required TextReader Input { get; init; }
        /// <summary>Somebody types the input.</summary>
        public bool Typed { get; init; }
        public required TextWriter Output { get; init; }
        public required TextWriter Errors { get; init; }
        public required OpenConnection Open { get; init; }
        public TimeProvider Clock { get; init; } = TimeProvider.System;
    }

    /// <summary>All families of commands.</summary>
    public static CommandTable Commands() => new(
        PowerCommands.All, DefinitionCommands.All, UndefineCommand.All, NameCommands.All, ConsoleCommand.All, JobCommand.All,
        StateCommands.All, DeviceLists.All, StatisticsCommands.All, ListCommand.All, EventCommand.All, HostCommands.All, HostCpuCommands.All, SaveCommands.All, SelfCommands.All,
        NetworkCommands.All, NetworkLists.All, NetworkUpdateCommand.All, InterfaceCommands.All, NodeDeviceCommands.All, NodeDeviceList.All,
        PoolCommands.All, PoolList.All, PoolFromOptions.All, VolumeCommands.All, VolumeMaking.All, AttachDiskCommand.All, ResourceCommands.All);

    public static async ValueTask<int> RunAsync(Surroundings here)
    {
        if (here.Name is not "virsh" && DocumentCommands.Knows(here.Arguments))
            return DocumentCommands.Run(here.Arguments, here.Input, here.Output, here.Errors);
        if (here.Name is not "virsh" && CpuCommands.Knows(here.Arguments))
            return await CpuCommands.RunAsync(here);
        if (here.Name is not "virsh" && RightsCommands.Knows(here.Arguments))
            return await RightsCommands.RunAsync(here);
        if (here.Name is not "virsh" && JobsCommand.Knows(here.Arguments))
            return await JobsCommand.RunAsync(here);
        if (here.Name is not "virsh" && MigrateCommand.Knows(here.Arguments))
            return await MigrateCommand.RunAsync(here);
        if (here.Name is not "virsh" && DoctorCommand.Knows(here.Arguments))
            return await DoctorCommand.RunAsync(here);
        var settings = new ShellSettings { ProgramName = here.Name };
        var complaints = new Output(here.Output, here.Errors, settings, here.Clock);
        CommandLine.Request request;
        try
        {
            settings = FromEnvironment(settings, here.Environment, complaints);
            (settings, request) = CommandLine.Parse(settings, here.Arguments, complaints.Error);
        }
        catch (CommandLine.Failure failure)
        {
            complaints.Error(failure.Message);
            return 1;
        }
        CommandTable table = Commands();
        var output = new Output(here.Output, here.Errors, settings, here.Clock);
        switch (request)
        {
            case CommandLine.Request.Help:
                output.Print(HelpText.OfProgram(here.Name, table));
                output.Flush();
                return 0;
            case CommandLine.Request.ShortVersion:
                output.Line(settings.IsVirsh ? "9.0.0" : HostCommands.OwnVersion);
                output.Flush();
                return 0;
            case CommandLine.Request.LongVersion:
                output.Print(HostCommands.LongVersion(here.Name));
                output.Flush();
                return 0;
        }
        await using var shell = new ShellSession(settings, table, output, here.Open);
        switch (settings.Words)
        {
            case []:
                if (!await shell.ConnectFirstAsync())
                    return 1;
                await InteractiveLoop.RunAsync(shell, here.Input, here.Typed);
                return 0;
            case [""]:
                return 1;
            case [var line]:
                output.Debug(0, $"commands: \"{line}\"");
                return await shell.RunAsync(TokenSource.Of(line)) ? 0 : 1;
            default:
                return await shell.RunAsync(TokenSource.Of(settings.Words)) ? 0 : 1;
        }
    }

    static ShellSettings FromEnvironment(ShellSettings settings, Func<string, string?> environment, Output complaints)
    {
        if (environment("VIRSH_DEBUG") is { Length: > 0 } debug)
        {
            if (int.TryParse(debug, CultureInfo.InvariantCulture, out int level) && level is >= 0 and <= 4)
                settings = settings with { Debug = level };
            else
                complaints.Error("VIRSH_DEBUG not set with a valid numeric value");
        }
        if (environment("VIRSH_LOG_FILE") is { Length: > 0 } log)
            settings = settings with { LogFile = log };
        if (environment("VIRSH_DEFAULT_CONNECT_URI") is { Length: > 0 } uri)
            settings = settings with { Uri = uri };
        return settings;
    }
}
