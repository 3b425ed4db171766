using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>Collects arguments, descriptors and host steps while the chapters of a command line are written.</summary>
sealed class ArgumentWriter(DomainDef machine, QemuFacts facts, StartContext start)
{
    readonly List<PassedDescriptor> descriptors = [];
    readonly List<HostStep> host = [];
    PlanContext? plan;

    public DomainDef Machine { get; } = machine;

    public QemuFacts Facts { get; } = facts;

    public StartContext Start { get; } = start;

    /// <summary>What the user wrote for QEMU itself.</summary>
    public WrittenForQemu Written { get; } = new(machine);

    /// <summary>What planners see.</summary>
    public PlanContext Plan => plan ??= new PlanContext(Machine, Facts, Start, Pass);

    public List<string> Arguments { get; } = [];

    public List<KeyValuePair<string, string>> Environment { get; } = [];

    public IReadOnlyList<PassedDescriptor> Descriptors => descriptors;

    public IReadOnlyList<HostStep> Host => host;

    public void Add(string argument) => Arguments.Add(argument);

    public void Add(string argument, string value)
    {
        Arguments.Add(argument);
        Arguments.Add(value);
    }

    public void Add(string argument, OptionText value) => Add(argument, value.ToString());

    public void Add(QemuPart part)
    {
        if (part is QemuDevice device)
            Written.Override(device);
        part.ToArguments(Facts, Arguments);
    }

    public void Add(DevicePlan plan)
    {
        host.AddRange(plan.Host);
        foreach (QemuPart part in plan.Backends)
            Add(part);
        foreach (QemuPart part in plan.Frontends)
            Add(part);
    }

    public void Add(HostStep step) => host.Add(step);

    /// <summary>Has QEMU inherit what a step opens; the text is its number.</summary>
    public string Pass(DescriptorStep step)
    {
        int number = Start.Descriptors.Next(step);
        descriptors.Add(new PassedDescriptor(number, step));
        return number.ToString();
    }
}

/// <summary>A run of arguments that belongs to the machine, not to one device.</summary>
interface IChapter
{
    /// <summary>Writes it, perhaps nothing.</summary>
    void Write(ArgumentWriter to);
}
