using System.Net.Sockets;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Host.Network;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Rpc.Server.Restart;

namespace Vireo.Conformance.Texts;

/// <summary>What a daemon tells the one that it becomes.</summary>
sealed class NetDaemonSuite : Suite
{
    public override string Name => "net-daemon";

    public override Outputs Run(CaseInput input)
    {
        string[] names = [.. input.Words("servers")];
        DaemonState state = DaemonState.Parse(input.Text("input"), names);
        foreach (string name in names)
            state.Require(name);
        return Outputs.Of(state.ToJson());
    }
}

/// <summary>Hardware addresses of domains.</summary>
sealed class MacMapSuite : Suite
{
    public override string Name => "mac-map";

    public override Outputs Run(CaseInput input)
    {
        if (input.Word("kind") is "lookup")
            return Outputs.Result(new JsonArray([.. MacMap.Parse(input.Text("input"))[input.Word("domain")!].Select(static m => (JsonNode)m)]));
        MacMap map = input.Has("input") ? MacMap.Parse(input.Text("input")) : new();
        foreach (var pair in input.Json("add").EnumerateArray())
            map.Add(pair[0].GetString()!, pair[1].GetString()!);
        return Outputs.Of(map.ToJson());
    }
}

/// <summary>Addresses of guests by name.</summary>
sealed class NssSuite : Suite
{
    public override string Name => "nss";

    public override Outputs Run(CaseInput input)
    {
        LeaseNames names = LeaseNames.OfFolder(input.Shared("nss/data/nssdata"), DateTimeOffset.FromUnixTimeSeconds(1234567890));
        AddressFamily family = input.Word("family") switch { "AF_INET" => AddressFamily.InterNetwork, "AF_INET6" => AddressFamily.InterNetworkV6, _ => AddressFamily.Unspecified };
        string host = input.Word("host")!;
        var found = input.Word("plugin") is "libvirt_guest" ? names.OfDomain(host, family) : names.OfHost(host, family);
        return Outputs.Result(new JsonArray([.. found.Select(static a => (JsonNode)a.ToString())]));
    }
}

/// <summary>What a host's firmware tells of it.</summary>
sealed class SysinfoSuite : Suite
{
    public override string Name => "sysinfo";

    public override Outputs Run(CaseInput input)
    {
        string reader = input.Word("reader")!, folder = Directory.CreateTempSubdirectory("vireo-tree-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Join(folder, "proc"));
            if (input.Has("cpuinfo"))
                File.Copy(input.PathOf("cpuinfo"), Path.Join(folder, "proc/cpuinfo"));
            string? told = input.Has("sysinfo") ? input.Text("sysinfo") : null;
            if (reader is "s390")
                File.WriteAllText(Path.Join(folder, "proc/sysinfo"), told);
            string arch = reader switch { "s390" => "s390x", "ppc" => "ppc64", "arm" => "aarch64", _ => "x86_64" };
            string? Dmidecode(IReadOnlyList<string> arguments) =>
                arguments is ["--dump", "--oem-string", var index] ? index is "3" ? "Ha ha ha try parsing\\n\n      String 3: this correctly\n      String 4:then" : null : told;
            return Outputs.Of(new HostSysinfo(new HostTree(folder), arch, Dmidecode).ToXml(Core.Errors.ErrorDomain.None));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
