using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Network;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>
/// A card pf0 with two virtual functions: 0000:06:10.1, which is the device vf0 of the host's, and 0000:06:10.2, which no driver has. What is set is kept as a kernel would.
/// </summary>
sealed class FakeFunctions : IFunctionLinks, IDisposable
{
    const string Card = "0000:06:10.0";

    public FakeFunctions()
    {
        foreach (string driver in (string[])["igbvf", "vfio-pci"])
            Directory.CreateDirectory(Path.Join(Sys, "bus/pci/drivers", driver));
        Function(0);
        Directory.CreateDirectory(Path.Join(FolderOf(Card), "net/pf0"));
        for (int number = 0; number < 2; number++)
        {
            string name = Function(number + 1);
            File.CreateSymbolicLink(Path.Join(FolderOf(name), "physfn"), "../" + Card);
            File.CreateSymbolicLink(Path.Join(FolderOf(Card), $"virtfn{number}"), "../" + name);
        }
        Directory.CreateDirectory(Path.Join(FolderOf("0000:06:10.1"), "net/vf0"));
        foreach (var (device, function) in ((string, string)[])[("pf0", Card), ("vf0", "0000:06:10.1")])
        {
            string folder = Path.Join(Sys, "class/net", device);
            Directory.CreateDirectory(folder);
            File.CreateSymbolicLink(Path.Join(folder, "device"), "../../../bus/pci/devices/" + function);
        }
        Directory.CreateDirectory(Path.Join(Sys, "class/net/eth7"));
    }

    /// <summary>Where sysfs is.</summary>
    public string Sys { get; } = Directory.CreateTempSubdirectory("functions").FullName;

    /// <summary>Where drivers of machines keep what was before.</summary>
    public string State => Path.Join(Sys, "state");

    /// <summary>Names of files there.</summary>
    public IEnumerable<string> Kept => Directory.Exists(State) ? Directory.EnumerateFiles(State).Select(static file => Path.GetFileName(file)).Order() : [];

    /// <summary>What was set, in order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>What the kernel refuses to set.</summary>
    public string? Refuses { get; set; }

    /// <summary>The card is started.</summary>
    public bool Runs { get; set; } = true;

    /// <summary>By device.</summary>
    public Dictionary<string, MacAddress> Own { get; } = new() { ["pf0"] = Mac("00:1b:21:00:00:01"), ["vf0"] = Mac("a6:1f:57:aa:f2:50"), ["eth7"] = Mac("00:1b:21:00:00:07") };

    /// <summary>By number.</summary>
    public Dictionary<int, FunctionFacts> Functions { get; } = new() { [0] = new(Mac("02:00:00:00:00:10"), 0), [1] = new(Mac("02:00:00:00:00:11"), 41) };

    public static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress address) ? address : throw new FormatException(text);

    public string FolderOf(string function) => Path.Join(Sys, "bus/pci/devices", function);

    string Function(int number)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"0000:06:10.{number}"), folder = FolderOf(name);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Join(folder, "config"), new byte[64]);
        File.CreateSymbolicLink(Path.Join(folder, "driver"), "../../drivers/igbvf");
        return name;
    }

    /// <summary>What the kernel does when a file of sysfs is written to.</summary>
    public void Write(string file, string word)
    {
        string where = Path.GetRelativePath(Sys, file), wish = Path.Join(Sys, "override");
        if (where.EndsWith("driver_override", StringComparison.Ordinal))
            File.WriteAllText(wish, word.Trim());
        else if (where.EndsWith("unbind", StringComparison.Ordinal))
            File.Delete(Path.Join(FolderOf(word), "driver"));
        else if (File.ReadAllText(wish) is var driver)
        {
            driver = driver.Length > 0 ? driver : "igbvf";
            File.CreateSymbolicLink(Path.Join(FolderOf(word), "driver"), "../../drivers/" + driver);
            Said.Add($"{word} has {driver}");
        }
    }

    public bool IsUp(string device) => Runs;

    public MacAddress? AddressOf(string device) => Own.TryGetValue(device, out MacAddress address) ? address : null;

    public FunctionFacts? Find(string card, int function) => Functions.GetValueOrDefault(function);

    public void SetAddress(string device, MacAddress address)
    {
        Say($"{device} {address}");
        Own[device] = address;
    }

    public void SetAddress(string card, int function, MacAddress address)
    {
        Say($"{card} vf {function} {address}");
        Functions[function] = Functions[function] with { Address = address };
    }

    public void SetVlan(string card, int function, uint vlan)
    {
        Say($"{card} vf {function} vlan {vlan}");
        Functions[function] = Functions[function] with { Vlan = vlan };
    }

    void Say(string what)
    {
        if (what == Refuses)
            throw VireoException.System(ErrorDomain.None, 16, what);
        Said.Add(what);
    }

    public void Dispose() => Directory.Delete(Sys, recursive: true);
}
