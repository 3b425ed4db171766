using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Network;
using Vireo.Shell.NetDoctor.Filter;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.NetDoctor;

using Interface = Vireo.Model.Domain.Devices.Interface;

/// <summary><c>vireo net doctor</c>: follows the way of packets of a network or a guest, and names what drops them. virsh does not have it.</summary>
static class DoctorCommand
{
    /// <summary>Packets pass, as far as one can see.</summary>
    public const int Fine = 0;

    /// <summary>The command makes no sense, or the daemon cannot be asked.</summary>
    public const int Unusable = 1;

    /// <summary>Something is in their way.</summary>
    public const int Broken = 3;

    const string Usage = """
        usage: vireo net doctor NETWORK|DOMAIN [--to ADDRESS] [-c URI]
          --to ADDRESS   an address outside to which the way is followed (default: 1.1.1.1)
        It looks at this host, as root: bridges, addresses, forwarding, rules of nftables and iptables whoever made them, routes, names and leases.
        """;

    /// <summary>Whether these are its arguments.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["net", "doctor", ..];

    /// <summary>Runs it; the result is the exit code.</summary>
    public static async ValueTask<int> RunAsync(ShellProgram.Surroundings here)
    {
        using var processes = new ProcessHost(new Launcher("vireo-launcher"));      // these programs need none
        return await RunAsync(here, new ThisHost(processes));
    }

    /// <summary>The same on another host.</summary>
    internal static async ValueTask<int> RunAsync(ShellProgram.Surroundings here, HostTools host)
    {
        (string? name, string? uri, string to) = (null, null, "1.1.1.1");
        for (int i = 2; i < here.Arguments.Count; i++)
        {
            if (here.Arguments[i] is "-c" or "--connect" && i + 1 < here.Arguments.Count)
                uri = here.Arguments[++i];
            else if (here.Arguments[i] is "--to" && i + 1 < here.Arguments.Count)
                to = here.Arguments[++i];
            else if (here.Arguments[i] is not ['-', ..] and var word && name is null)
                name = word;
            else
                (name, i) = (null, here.Arguments.Count);
        }
        if (name is null || !IpAddress.TryParse(to, out IpAddress target))
        {
            here.Errors.WriteLine(Usage);
            return Unusable;
        }
        if (uri is not null && ConnectionUri.TryParse(uri, out ConnectionUri? parsed) && parsed.Host is { Length: > 0 } other)
        {
            here.Errors.WriteLine($"vireo: the way of packets on {other} is seen there: run it on that host");
            return Unusable;
        }
        try
        {
            await using IDriverConnection connection = await here.Open(uri, readOnly: false, TimeSpan.Zero, 0);
            return await LookAsync(here.Output, connection, host, name, target);
        }
        catch (Exception failure) when (failure is VireoException or CommandFailure)
        {
            here.Errors.WriteLine($"vireo: {failure.Message}");
            return Unusable;
        }
    }

    static async Task<int> LookAsync(TextWriter output, IDriverConnection connection, HostTools host, string name, IpAddress target)
    {
        var calls = new Calls(connection.Capabilities, readOnly: false);
        LinkTable links = await LinkTable.ReadAsync(host);
        var doctor = new NetworkDoctor(host, links, await HostFilter.ReadAsync(host), target);
        Health worst = Health.Fine;
        if (await FindAsync(calls, name) is { } network)
        {
            worst = await NetworkAsync(output, calls, doctor, network, null);
            return worst is Health.Broken ? Broken : Fine;
        }
        DomainRef domain = await calls.Read<IDomainLookup>("virDomainLookupByName").LookupByNameAsync(name, default);
        if (!await calls.Read<IDomainInfo>("virDomainIsActive").IsActiveAsync(domain, default))
            throw new CommandFailure($"'{name}' does not run: its cards are on no network now");
        DomainDef live = DomainDef.Parse(await calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, DomainXmlFlags.None, default));
        foreach ((string? on, Interface card) in CardDoctor.CardsOf(live))
        {
            output.WriteLine($"card {card.Mac?.Address} of '{name}'");
            worst = Worse(worst, Write(output, CardDoctor.Look(card, links)));
            if (on is null || await FindAsync(calls, on) is not { } its)
                continue;
            IpAddress? lent = await CardDoctor.AddressAsync(connection, its, card);
            worst = Worse(worst, Write(output, [Finding.Fine("lease", lent is { } address ? $"network '{on}' lent it {address}" : $"network '{on}' lent it nothing yet")]));
            worst = Worse(worst, await NetworkAsync(output, calls, doctor, its, lent));
        }
        return worst is Health.Broken ? Broken : Fine;
    }

    static async Task<NetworkRef?> FindAsync(Calls calls, string name)
    {
        try
        {
            return await calls.Read<INetworkLookup>("virNetworkLookupByName").LookupByNameAsync(name, default);
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoNetwork)
        {
            return null;
        }
    }

    static async Task<Health> NetworkAsync(TextWriter output, Calls calls, NetworkDoctor doctor, NetworkRef network, IpAddress? guest)
    {
        INetworkInfo info = calls.Read<INetworkInfo>("virNetworkGetXMLDesc");
        NetworkDef shown = NetworkDef.Define(await info.GetXmlAsync(network, NetworkXmlFlags.None, default));
        output.WriteLine($"network '{network.Name}'");
        return Write(output, await doctor.LookAsync(shown, await info.IsActiveAsync(network, default), guest));
    }

    static Health Worse(Health one, Health other) => one > other ? one : other;

    static Health Write(TextWriter output, IReadOnlyList<Finding> found)
    {
        foreach (Finding one in found)
        {
            output.WriteLine($"  {one.Health switch { Health.Fine => "ok  ", Health.Doubtful => "look", _ => "BAD " }}  {one.Step,-10}  {one.Text}");
            if (one.Remedy is { } remedy)
                output.WriteLine($"                    what helps: {remedy}");
        }
        return found.Count == 0 ? Health.Fine : found.Max(static one => one.Health);
    }
}
