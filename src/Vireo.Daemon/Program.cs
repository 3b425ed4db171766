using Vireo.Core.Errors;
using Vireo.Daemon;
using Vireo.Daemon.Managers;
using Vireo.Daemon.Options;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Drivers.Network.Leases;
using Vireo.Host;

if (args is [DriverMakers.LeaseArgument, .. var lent])
    return LeaseProgramRun.Run(lent, Environment.GetEnvironmentVariable, Console.Out, Console.Error);
DaemonRole? called = RoleTable.Find(Places.ProgramName());
string name = called?.Name ?? "vireod";
DaemonRole role = called ?? RoleTable.Default;
DaemonOptions options;
try
{
    options = DaemonOptions.Parse(args);
    role = options.ChooseRole(role);
}
catch (VireoException e)
{
    Console.Error.WriteLine($"{name}: {e.Error.Str2}");
    Console.Error.Write(Help.Usage(name, role, Places.Of(null)));
    return 1;
}
if (options.ShowVersion)
{
    Console.WriteLine(Help.Version(name));
    return 0;
}
HostPaths paths = Places.Of(options.Root);
if (options.ShowHelp)
{
    Console.Write(Help.Usage(name, role, paths));
    return 0;
}
if (!paths.Privileged && !role.HasSession)
{
    Console.Error.WriteLine($"{name}: {role.Name} is for the whole host: only root can start it");
    return 1;
}
RestartState.Remember();
int? readiness = Background.TakePipe(Environment.GetEnvironmentVariable, Places.Forget);
if (options.Background)
{
    if (readiness is null && !RestartState.IsRestarted)
        return Background.Start();
    options = options.FromHere();
    Environment.CurrentDirectory = "/";   // as every daemon does: it holds no mount. A relative pid file is libvirtd's way below it.
}
return new DaemonRun(name, role, options, paths, readiness).Run();
