using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Bus;
using static Vireo.Host.Bus.SdBus;

namespace Vireo.Host.Cgroups;

/// <summary>
/// systemd's register of machines (systemd-machined). Where systemd is in charge of a host, it makes a machine's group, a "scope", and moves
/// the machine's first process into it; groups below it are the daemon's.
/// </summary>
public static unsafe class MachineRegistry
{
    const string Machined = "org.freedesktop.machine1", Systemd = "org.freedesktop.systemd1";

    /// <summary>systemd is in charge of this host.</summary>
    public static bool IsPossible => Directory.Exists("/run/systemd/system");

    /// <summary>Registers a machine.</summary>
    /// <param name="name">From <see cref="MachineCgroup.MachineName"/>.</param>
    /// <param name="uuid">The machine's.</param>
    /// <param name="service">Who runs it: "libvirt-qemu".</param>
    /// <param name="leader">Its first process, which is in its scope afterwards.</param>
    /// <param name="partition">As the machine's definition says; it becomes a slice.</param>
    /// <returns>False: there is no register, and groups are made directly.</returns>
    /// <exception cref="VireoException">It refuses.</exception>
    public static bool TryCreate(string name, Uuid uuid, string service, int leader, string partition)
    {
        byte[] id = new byte[Uuid.Size];
        uuid.CopyTo(id);
        uint pid = (uint)leader;
        return BusCall.TryCall(Machined, "/org/freedesktop/machine1", Machined + ".Manager", "CreateMachine", message =>
        {
            Append(message, name);
            fixed (byte* bytes = id)
                Check(sd_bus_message_append_array(message, (byte)'y', bytes, (nuint)id.Length));
            Append(message, service);
            Append(message, "vm");
            uint first = pid;
            Check(sd_bus_message_append_basic(message, (byte)'u', &first));
            Append(message, "");
            Check(sd_bus_message_open_container(message, (byte)'a', "(sv)"));
            Property(message, "Slice", "s", ScopeNames.SliceOf(partition));
            // At shutdown guests go before the daemon that could save them, and after the service that does so.
            Property(message, "After", "as", "vireod.service", "libvirtd.service");
            Property(message, "Before", "as", "virt-guest-shutdown.target");
            Check(sd_bus_message_close_container(message));
        });
    }

    /// <summary>Takes a machine out of the register, and with it what is left of its scope. One that is not there is none.</summary>
    public static void Terminate(string name)
    {
        try
        {
            BusCall.TryCall(Machined, "/org/freedesktop/machine1", Machined + ".Manager", "TerminateMachine", message => Append(message, name));
        }
        catch (VireoException)
        {
            // It went with its last process.
        }
    }

    /// <summary>Limits how many threads a unit has, until the next boot.</summary>
    /// <param name="unit">"machine-....scope".</param>
    /// <param name="most">The limit.</param>
    public static void LimitThreads(string unit, uint most) => SetWeight(unit, "TasksMax", most);

    /// <summary>Sets the weight of a unit until the next boot, as systemd would otherwise take it for its own to set.</summary>
    /// <param name="unit">"machine-....scope".</param>
    /// <param name="property">"CPUWeight".</param>
    /// <param name="value">The weight.</param>
    public static void SetWeight(string unit, string property, ulong value) =>
        BusCall.TryCall(Systemd, "/org/freedesktop/systemd1", Systemd + ".Manager", "SetUnitProperties", message =>
        {
            int runtime = 1;
            ulong weight = value;
            Append(message, unit);
            Check(sd_bus_message_append_basic(message, (byte)'b', &runtime));
            Check(sd_bus_message_open_container(message, (byte)'a', "(sv)"));
            Check(sd_bus_message_open_container(message, (byte)'r', "sv"));
            Append(message, property);
            Check(sd_bus_message_open_container(message, (byte)'v', "t"));
            Check(sd_bus_message_append_basic(message, (byte)'t', &weight));
            Check(sd_bus_message_close_container(message));
            Check(sd_bus_message_close_container(message));
            Check(sd_bus_message_close_container(message));
        });

    static void Property(nint message, string name, string type, params ReadOnlySpan<string> values)
    {
        Check(sd_bus_message_open_container(message, (byte)'r', "sv"));
        Append(message, name);
        Check(sd_bus_message_open_container(message, (byte)'v', type));
        if (type == "as")
            Check(sd_bus_message_open_container(message, (byte)'a', "s"));
        foreach (string value in values)
            Append(message, value);
        if (type == "as")
            Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_close_container(message));
        Check(sd_bus_message_close_container(message));
    }
}
