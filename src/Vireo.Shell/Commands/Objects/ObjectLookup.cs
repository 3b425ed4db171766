using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Objects;

/// <summary>How an object may be named on the command line.</summary>
[Flags]
enum ObjectNaming
{
    Uuid = 1,
    Name = 2,
    Any = Uuid | Name,
}

/// <summary>Finds networks, pools and interfaces that options name. What the last look-up said is told behind our own words.</summary>
static class ObjectLookup
{
    public static ValueTask<NetworkRef> FindNetworkAsync(this ShellSession shell, CommandCall call, ObjectNaming by = ObjectNaming.Any)
    {
        INetworkLookup Lookup(string symbol) => shell.Calls.Read<INetworkLookup>(symbol);
        return FindAsync(shell, call, "network", call.Needed("network"), by,
            uuid => Lookup("virNetworkLookupByUUIDString").LookupByUuidAsync(uuid, default), name => Lookup("virNetworkLookupByName").LookupByNameAsync(name, default));
    }

    public static ValueTask<StoragePoolRef> FindPoolAsync(this ShellSession shell, CommandCall call, ObjectNaming by = ObjectNaming.Any, string option = "pool")
    {
        IStoragePoolLookup Lookup(string symbol) => shell.Calls.Read<IStoragePoolLookup>(symbol);
        return FindAsync(shell, call, "pool", call.Needed(option), by,
            uuid => Lookup("virStoragePoolLookupByUUIDString").LookupByUuidAsync(uuid, default), name => Lookup("virStoragePoolLookupByName").LookupByNameAsync(name, default));
    }

    static async ValueTask<T> FindAsync<T>(
        ShellSession shell, CommandCall call, string what, string given, ObjectNaming by, Func<Uuid, ValueTask<T>> byUuid, Func<string, ValueTask<T>> byName)
    {
        string command = call.Command.Name;
        shell.Out.Debug(1, $"{command}: found option <{what}>: {given}");
        VireoException? said = null;
        if (by.HasFlag(ObjectNaming.Uuid) && given.Length is 36 && Uuid.TryParse(given, out Uuid uuid))
        {
            shell.Out.Debug(1, $"{command}: <{what}> trying as {what} UUID");
            try
            {
                return await byUuid(uuid);
            }
            catch (VireoException failure)
            {
                said = failure;         // it may still be a name
            }
        }
        if (by.HasFlag(ObjectNaming.Name))
        {
            shell.Out.Debug(1, $"{command}: <{what}> trying as {what} NAME");
            try
            {
                return await byName(given);
            }
            catch (VireoException failure)
            {
                said = failure;
            }
        }
        throw new CommandFailure($"failed to get {what} '{given}'", said);
    }

    /// <summary>An interface is looked for by its address if it looks like one, else by its name.</summary>
    public static async ValueTask<InterfaceRef> FindInterfaceAsync(this ShellSession shell, CommandCall call, bool byName = true, bool byMac = true)
    {
        string given = call.Needed("interface"), command = call.Command.Name;
        shell.Out.Debug(1, $"{command}: found option <interface>: {given}");
        bool isMac = MacAddress.TryParse(given, out _);
        try
        {
            if (!isMac && byName)
            {
                shell.Out.Debug(1, $"{command}: <interface> trying as interface NAME");
                return await shell.Calls.Read<IInterfaceListing>("virInterfaceLookupByName").LookupByNameAsync(given, default);
            }
            if (isMac && byMac)
            {
                shell.Out.Debug(1, $"{command}: <interface> trying as interface MAC");
                return await shell.Calls.Read<IInterfaceListing>("virInterfaceLookupByMACString").LookupByMacAsync(given, default);
            }
        }
        catch (VireoException failure)
        {
            throw new CommandFailure($"failed to get interface '{given}'", failure);
        }
        throw new CommandFailure($"failed to get interface '{given}'");
    }
}
