using Vireo.Core.Errors;
using Vireo.Daemon;
using Vireo.Daemon.Options;
using Vireo.Daemon.Service;
using Vireo.Host;

const string Name = "vireod";

DaemonOptions options;
try
{
    options = DaemonOptions.Parse(args);
}
catch (VireoException e)
{
    Console.Error.WriteLine($"{Name}: {e.Error.Str2}");
    Console.Error.Write(Help.Usage(Name, Places.Of(null), Places.PidFile(Places.Of(null))));
    return 1;
}
if (options.ShowVersion)
{
    Console.WriteLine(Help.Version(Name));
    return 0;
}
HostPaths paths = Places.Of(options.Root);
if (options.ShowHelp)
{
    Console.Write(Help.Usage(Name, paths, Places.PidFile(paths)));
    return 0;
}
int? readiness = Background.TakePipe(Environment.GetEnvironmentVariable, Places.Forget);
if (options.Background)
{
    if (readiness is null)
        return Background.Start();
    options = options.FromHere();
    Environment.CurrentDirectory = "/";   // as every daemon does: it holds no mount. A relative pid file is libvirtd's way below it.
}
return new DaemonRun(options, paths, readiness).Run();
