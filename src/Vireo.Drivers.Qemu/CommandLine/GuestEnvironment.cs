using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>QEMU's environment: what is passed on from the daemon's, with the guest's folder as home where guests are not their user's own.</summary>
static class GuestEnvironment
{
    /// <summary>What is passed on, if the daemon has it.</summary>
    internal static readonly string[] Passed = ["LD_PRELOAD", "LD_LIBRARY_PATH", "PATH", "HOME", "USER", "LOGNAME", "TMPDIR"];

    public static IEnumerable<KeyValuePair<string, string>> Of(StartContext start)
    {
        yield return new("LC_ALL", "C");
        foreach (string name in Passed)
        {
            string? value = name == "HOME" && !start.OfUser ? start.DomainDirectory : Find(start, name);
            if (value is not null)
                yield return new(name, value);
        }
        if (!start.OfUser)
            yield return new("XDG_DATA_HOME", start.DomainDirectory + "/.local/share");
        yield return new("XDG_CACHE_HOME", start.DomainDirectory + "/.cache");
        if (!start.OfUser)
            yield return new("XDG_CONFIG_HOME", start.DomainDirectory + "/.config");
    }

    /// <summary>Where SASL finds its configuration, and what the libraries of a window want.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfScreens(DomainDef machine, StartContext start)
    {
        foreach (Graphics graphics in machine.Devices.Graphics.AsSpan().ToArray())
            switch (graphics)
            {
                case Graphics.Vnc when start.Graphics is { VncSasl: true, VncSaslDirectory: { } folder }:
                    yield return new("SASL_CONF_PATH", folder);
                    break;
                case Graphics.Spice when start.Graphics is { SpiceSasl: true, SpiceSaslDirectory: { } folder }:
                    yield return new("SASL_CONF_PATH", folder);
                    break;
                case Graphics.Sdl sdl:
                    if (sdl.XAuth is { } authority)
                        yield return new("XAUTHORITY", authority);
                    if (sdl.Display is { } display)
                        yield return new("DISPLAY", display);
                    break;
            }
    }

    static string? Find(StartContext start, string name)
    {
        foreach (var (key, value) in start.Environment)
            if (key == name)
                return value;
        return null;
    }
}
