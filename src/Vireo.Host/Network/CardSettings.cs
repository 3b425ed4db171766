using System.Text.Json.Nodes;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Json;
using Vireo.Host.Files;
using Vireo.Host.Pci;

namespace Vireo.Host.Network;

/// <summary>
/// How a card or virtual function was set before a guest got it. As long as the guest has it, libvirt keeps that in a file of this form, by which a daemon that
/// comes later gives back what the host had.
/// </summary>
public sealed record CardSettings
{
    const string AdminKey = "adminMac", VlanKey = "vlanTag", OwnKey = "mac";

    /// <summary>The address that the card gave the function; null: it is no function, or nobody said.</summary>
    public MacAddress? AdminAddress { get; init; }

    /// <summary>The tag that the card put on the function's packets, 0 for none; null: it stays as it is.</summary>
    public uint? Vlan { get; init; }

    /// <summary>The own address of the device; null: it has no device of the host.</summary>
    public MacAddress? OwnAddress { get; init; }

    /// <summary>How a function is set now.</summary>
    /// <param name="links">The devices of functions and their cards.</param>
    /// <param name="function">The function.</param>
    /// <param name="withVlan">Its tag, too.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: the card does not run, or tells nothing of the function.</exception>
    public static CardSettings Of(IFunctionLinks links, VirtualFunction function, bool withVlan)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(function);
        if (!links.IsUp(function.Card))
            throw VireoException.Internal(ErrorDomain.None,
                $"Unable to configure VF {function.Number} of PF '{function.Card}' because the PF is not online. Please change host network config to put the PF online.");
        FunctionFacts now = links.Find(function.Card, function.Number)
            ?? throw VireoException.Internal(ErrorDomain.None, $"couldn't find IFLA_VF_INFO for VF {function.Number} in netlink response");
        return new CardSettings
        {
            AdminAddress = now.Address,
            Vlan = withVlan ? now.Vlan : null,
            OwnAddress = function.Device is { } device ? links.AddressOf(device) : null,
        };
    }

    /// <summary>The file of a function's settings.</summary>
    public static string FileOf(string folder, VirtualFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Path.Join(folder, $"{function.Card}_vf{function.Number}");
    }

    /// <summary>Reads a file; null: there is none.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: it is not of this form.</exception>
    public static CardSettings? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        if (JsonText.Parse(File.ReadAllText(file)) is not JsonObject all)
            throw VireoException.Internal(ErrorDomain.None, $"JSON in file '{file}' is not an object");
        return new CardSettings { AdminAddress = Address(all, AdminKey, file), Vlan = Number(all, file), OwnAddress = Address(all, OwnKey, file) };
    }

    /// <summary>Writes a file, unless there is one: what that says is from before the first guest, and what is now is a guest's.</summary>
    public void Write(string file)
    {
        if (File.Exists(file))
            return;
        var all = new JsonObject();
        if (AdminAddress is { } admin)
            all[AdminKey] = admin.ToString();
        if (Vlan is { } vlan)
            all[VlanKey] = vlan;
        if (OwnAddress is { } own)
            all[OwnKey] = own.ToString();
        AtomicFile.MakeFolder(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, JsonText.Pretty(all), durable: false);
    }

    static MacAddress? Address(JsonObject all, string key, string file) => all[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) && MacAddress.TryParse(text, out MacAddress address) => address,
        _ => throw VireoException.Internal(ErrorDomain.None, $"cannot parse {key} in '{file}'"),
    };

    static uint? Number(JsonObject all, string file) => all[VlanKey] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out uint number) => number,
        _ => throw VireoException.Internal(ErrorDomain.None, $"cannot parse {VlanKey} in '{file}'"),
    };
}
