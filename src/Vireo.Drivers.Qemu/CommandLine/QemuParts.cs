using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>Something QEMU creates: an argument at start, a monitor command later.</summary>
public abstract class QemuPart : QemuProperties
{
    /// <summary>Adds the argument (its switch and its text).</summary>
    public abstract void ToArguments(QemuFacts facts, List<string> arguments);

    /// <summary>The text with <paramref name="head"/> as the property that comes first, without its key.</summary>
    protected string ToOptionText(string head, string on = "on", string off = "off")
    {
        string? first = this.FirstOrDefault(p => p.Key == head).Value is { } value ? Plain(head, value) : "";
        var text = new OptionText(first);
        WriteTo(text, "", on, off, except: head);
        return text.ToString();
    }

    static string Plain(string key, QemuValue value)
    {
        var text = new OptionText();
        value.WriteTo(text, key, "on", "off");
        return text.ToString()[(key.Length + 1)..];
    }
}

/// <summary>-object, object-add.</summary>
public sealed class QemuObject : QemuPart
{
    /// <summary>Begins with type and id.</summary>
    public QemuObject(string type, string id)
    {
        Id = id;
        this["qom-type"] = type;
        this["id"] = id;
    }

    /// <summary>The id to remove it by.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-object");
        arguments.Add(facts.Has(QemuFlag.ObjectQapified) ? ToJson() : ToOptionText("qom-type"));
    }
}

/// <summary>-device, device_add. The planner places "id" where libvirt has it.</summary>
public sealed class QemuDevice : QemuPart
{
    /// <summary>Begins with the driver.</summary>
    public QemuDevice(string driver) => this["driver"] = driver;

    /// <summary>Must be written in the old syntax although this QEMU knows JSON.</summary>
    public bool NeverJson { get; init; }

    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-device");
        arguments.Add(facts.Has(QemuFlag.DeviceJson) && !NeverJson ? ToJson() : ToOptionText("driver"));
    }
}

/// <summary>-netdev, netdev_add.</summary>
public sealed class QemuNetdev : QemuPart
{
    /// <summary>Begins with the type.</summary>
    public QemuNetdev(string type) => this["type"] = type;

    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-netdev");
        arguments.Add(facts.Has(QemuFlag.NetdevJson) ? ToJson() : ToOptionText("type"));
    }
}

/// <summary>-blockdev, blockdev-add; always JSON.</summary>
public sealed class QemuBlockdev : QemuPart
{
    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-blockdev");
        arguments.Add(ToJson());
    }
}

/// <summary>-audiodev; always JSON, never plugged.</summary>
public sealed class QemuAudiodev : QemuPart
{
    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-audiodev");
        arguments.Add(ToJson());
    }
}

/// <summary>-chardev, chardev-add; the command line knows option text only, the monitor its own words.</summary>
public sealed class QemuChardev : QemuPart
{
    /// <summary>Begins with kind and id.</summary>
    public QemuChardev(string kind, string id)
    {
        Id = id;
        this["backend"] = kind;
        this["id"] = id;
    }

    /// <summary>The id to remove it by.</summary>
    public string Id { get; }

    /// <summary>The same as a running machine is told; null: it can only be there from the start.</summary>
    public ChardevAdd? Plug { get; private set; }

    /// <summary>Says how a running machine is told.</summary>
    public QemuChardev As(ChardevAdd plug)
    {
        Plug = plug;
        return this;
    }

    /// <summary>Says what it is connected to, as a running machine is told.</summary>
    public QemuChardev As(ChardevSource source) => As(new ChardevAdd(Id, source));

    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-chardev");
        arguments.Add(ToOptionText("backend"));
    }
}

/// <summary>-add-fd, add-fd: a descriptor in a set, by whose number files are opened.</summary>
/// <param name="set">The set's number.</param>
/// <param name="descriptor">The descriptor, as <see cref="Devices.PlanContext.Pass"/> named it.</param>
/// <param name="opaque">Whose it is; null: nobody says.</param>
public sealed class QemuDescriptor(int set, string descriptor, string? opaque = null) : QemuPart
{
    /// <summary>The set's number.</summary>
    public int Set => set;

    /// <summary>What the descriptor is called.</summary>
    public string Descriptor => descriptor;

    /// <summary>Whose it is.</summary>
    public string? Opaque => opaque;

    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-add-fd");
        arguments.Add($"set={set},fd={descriptor}" + (opaque is null ? "" : $",opaque={opaque}"));
    }
}

/// <summary>A switch with ready text, for what is never plugged, such as -vnc; text null: the switch alone.</summary>
public sealed class QemuOption(string name, string? text = null) : QemuPart
{
    /// <inheritdoc/>
    public override void ToArguments(QemuFacts facts, List<string> arguments)
    {
        arguments.Add("-" + name);
        if (text is not null)
            arguments.Add(text);
    }
}
