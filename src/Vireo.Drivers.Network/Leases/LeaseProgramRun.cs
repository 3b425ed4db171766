using System.Globalization;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Drivers.Network.Leases;

/// <summary>
/// What dnsmasq runs when it lends an address, and when it starts: it keeps nothing itself. <c>add|old|del MAC ADDRESS [NAME]</c> changes the file of leases,
/// <c>init</c> writes it out as dnsmasq reads it.
/// </summary>
public static class LeaseProgramRun
{
    /// <summary>The variable that says where the files of leases are.</summary>
    public const string FolderVariable = "VIREO_LEASE_FOLDER";

    /// <summary>Where they are if it does not.</summary>
    public const string UsualFolder = "/var/lib/libvirt/dnsmasq";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    const int Readable = 0x1a4;         // the name service's plugin reads it for everybody

    /// <summary>Does it.</summary>
    /// <param name="arguments">The program's.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="output">What dnsmasq reads.</param>
    /// <param name="errors">What people read.</param>
    /// <returns>The program's exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, Func<string, string?> variable, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (arguments is [])
            return Fail(errors, "it is dnsmasq that runs this program: (add|old|del) MAC ADDRESS [NAME], or init");
        if (arguments[0] is not ("add" or "old" or "del" or "init"))
            return Fail(errors, $"Unsupported action: {arguments[0]}");
        if (arguments[0] is not "init" && arguments.Count < 3)
            return Fail(errors, $"{arguments[0]} needs a hardware address and an address");
        string? bridge = Given("VIR_BRIDGE_NAME") ?? Given("DNSMASQ_INTERFACE");
        if (bridge is null)
            return Fail(errors, "VIR_BRIDGE_NAME is not set");
        string folder = Given(FolderVariable) ?? UsualFolder, file = Path.Join(folder, bridge + ".status");
        try
        {
            AtomicFile.MakeFolder(folder);
            using FileLock turn = Wait(Path.Join(folder, bridge + ".lock"));
            IReadOnlyList<LentAddress> before = File.Exists(file) ? LeaseFile.Parse(File.ReadAllText(file)) : [];
            if (arguments[0] is "init")
            {
                output.Write(ForServer(before));
                if (!File.Exists(file))
                    AtomicFile.Write(file, "", Readable, durable: false);
                return 0;
            }
            IEnumerable<LentAddress> now = before.Where(lease => lease.Address != arguments[2]);
            if (arguments[0] is not "del" && Of(arguments, variable) is { } lent)
                now = now.Append(lent);
            AtomicFile.Write(file, LeaseFile.Write(now), Readable);
            return 0;
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            return Fail(errors, e.Message);
        }

        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>As dnsmasq's own file of leases has it: those of IPv4, the server's DUID, those of IPv6.</summary>
    public static string ForServer(IEnumerable<LentAddress> leases)
    {
        ArgumentNullException.ThrowIfNull(leases);
        var text = new StringBuilder();
        LentAddress[] all = [.. leases];
        foreach (LentAddress lease in all.Where(static one => !one.IsIpv6))
            text.Append(CultureInfo.InvariantCulture, $"{lease.Expires} {lease.Mac} {lease.Address} {lease.HostName ?? "*"} {lease.ClientId ?? "*"}\n");
        LentAddress[] six = [.. all.Where(static one => one.IsIpv6)];
        if (six.FirstOrDefault(static one => one.ServerDuid is not null) is { } served)
            text.Append(CultureInfo.InvariantCulture, $"duid {served.ServerDuid}\n");
        foreach (LentAddress lease in six)
            text.Append(CultureInfo.InvariantCulture, $"{lease.Expires} {lease.Iaid} {lease.Address} {lease.HostName ?? "*"} {lease.ClientId ?? "*"}\n");
        return text.ToString();
    }

    /// <summary>What was lent, by dnsmasq's variables. Of IPv6 the second argument is the guest's DUID; one without a card's number is of no use.</summary>
    static LentAddress? Of(IReadOnlyList<string> arguments, Func<string, string?> variable)
    {
        string address = arguments[2];
        bool isIpv6 = IpAddress.TryParse(address, out IpAddress parsed) && parsed.IsIpv6;
        string? iaid = isIpv6 ? variable("DNSMASQ_IAID") : null;
        _ = long.TryParse(variable("DNSMASQ_LEASE_EXPIRES"), NumberStyles.Integer, CultureInfo.InvariantCulture, out long expires);
        return new LentAddress(address, isIpv6 ? variable("DNSMASQ_MAC") : arguments[1],
            arguments.Count > 3 && arguments[3].Length > 0 ? arguments[3] : variable("DNSMASQ_OLD_HOSTNAME"), isIpv6 ? arguments[1] : variable("DNSMASQ_CLIENT_ID"), iaid,
            isIpv6 ? variable("DNSMASQ_SERVER_DUID") : null, expires);
    }

    /// <summary>dnsmasq runs one at a time, but another may still end.</summary>
    static FileLock Wait(string file)
    {
        try
        {
            return Task.Run(() => FileLock.Take(file)).WaitAsync(patience).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw new IOException($"'{file}' is held by another process");
        }
    }

    static int Fail(TextWriter errors, string text)
    {
        errors.WriteLine($"vireo-leases: {text}");
        return 1;
    }
}
