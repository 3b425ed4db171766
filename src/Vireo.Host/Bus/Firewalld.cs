using Vireo.Core.Errors;
using static Vireo.Host.Bus.SdBus;

namespace Vireo.Host.Bus;

/// <summary>firewalld, which puts every device of a host into a zone of its rules, where it runs.</summary>
public static unsafe class Firewalld
{
    const string Service = "org.fedoraproject.FirewallD1", At = "/org/fedoraproject/FirewallD1", Zone = Service + ".zone";

    /// <summary>Whether it runs.</summary>
    public static bool IsRunning
    {
        get
        {
            bool owned = false;
            BusCall.TryCall("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", static message => Append(message, Service), message =>
            {
                int yes = 0;
                Check(sd_bus_message_read_basic(message, (byte)'b', &yes));
                owned = yes != 0;
            });
            return owned;
        }
    }

    /// <summary>Its zones, by name.</summary>
    /// <exception cref="VireoException">VIR_ERR_DBUS_SERVICE: it refuses.</exception>
    public static IReadOnlyList<string> Zones()
    {
        var names = new List<string>();
        BusCall.TryCall(Service, At, Zone, "getZones", static _ => { }, message =>
        {
            Check(sd_bus_message_enter_container(message, (byte)'a', "s"));
            while (BusCall.ReadText(message) is { } name)
                names.Add(name);
        });
        return names;
    }

    /// <summary>The zone of a device; null: it is in none.</summary>
    /// <exception cref="VireoException">VIR_ERR_DBUS_SERVICE: it refuses.</exception>
    public static string? ZoneOf(string device)
    {
        string? zone = null;
        BusCall.TryCall(Service, At, Zone, "getZoneOfInterface", message => Append(message, device), message => zone = BusCall.ReadText(message));
        return zone is { Length: > 0 } ? zone : null;
    }

    /// <summary>Puts a device into a zone, until firewalld or the host is started anew.</summary>
    /// <exception cref="VireoException">VIR_ERR_DBUS_SERVICE: there is no such zone.</exception>
    public static void SetZone(string device, string zone) => BusCall.TryCall(Service, At, Zone, "changeZoneOfInterface", message =>
    {
        Append(message, zone);
        Append(message, device);
    });

    /// <summary>Takes a device out of its zone; one that is in none, or firewalld that does not run, is fine.</summary>
    public static void Forget(string device)
    {
        try
        {
            if (ZoneOf(device) is { } zone)
                BusCall.TryCall(Service, At, Zone, "removeInterface", message =>
                {
                    Append(message, zone);
                    Append(message, device);
                });
        }
        catch (VireoException)
        {
            // It went by itself.
        }
    }
}
