namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>QEMU's environment: what is passed on from the daemon's, with the guest's folder as home.</summary>
static class GuestEnvironment
{
    static readonly string[] Passed = ["LD_PRELOAD", "LD_LIBRARY_PATH", "PATH", "HOME", "USER", "LOGNAME", "TMPDIR"];

    public static IEnumerable<KeyValuePair<string, string>> Of(StartContext start)
    {
        yield return new("LC_ALL", "C");
        foreach (string name in Passed)
        {
            string? value = name == "HOME" ? start.DomainDirectory : Find(start, name);
            if (value is not null)
                yield return new(name, value);
        }
        yield return new("XDG_DATA_HOME", start.DomainDirectory + "/.local/share");
        yield return new("XDG_CACHE_HOME", start.DomainDirectory + "/.cache");
        yield return new("XDG_CONFIG_HOME", start.DomainDirectory + "/.config");
    }

    static string? Find(StartContext start, string name)
    {
        foreach (var (key, value) in start.Environment)
            if (key == name)
                return value;
        return null;
    }
}
