using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Labels of the machine and of its devices.</summary>
static class SecurityNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context) => machine with
    {
        SecurityLabels = machine.SecurityLabels.Map(label => Complete(label, alone: machine.SecurityLabels.Count == 1, context)),
        Devices = machine.Devices with
        {
            Disks = machine.Devices.Disks.Map(static d => d with
            {
                Source = Labels(d.Source),
                BackingStore = Labels(d.BackingStore),
            }),
        },
    };

    static SecurityLabel Complete(SecurityLabel label, bool alone, GeneralContext context)
    {
        SecurityLabelType type = label.Type ?? SecurityLabelType.Dynamic;
        string? model = label.Model ?? (alone ? context.SecurityModel : null);
        if (model == "none" && label.Model is null)
            return new SecurityLabel { Type = SecurityLabelType.None, Model = model };
        return label with
        {
            Type = type,
            Model = model,
            Relabel = type is SecurityLabelType.None ? null : label.Relabel ?? type is SecurityLabelType.Dynamic,
            Label = type is SecurityLabelType.Dynamic && context.Inactive ? null : label.Label,
        };
    }

    static DiskSource Labels(DiskSource source) => source.SecurityLabels.IsEmpty ? source : source with
    {
        SecurityLabels = source.SecurityLabels.Where(static l => l.Relabel is not null || l.LabelSkip is true || l.Label is not null)
            .Select(static l => l.LabelSkip is true ? l with { Relabel = null, Label = null } : l with { Relabel = l.Relabel ?? true }).ToValueList(),
    };

    static BackingStore? Labels(BackingStore? store) => store is not { Source: { } source }
        ? store
        : store with { Source = Labels(source), Next = Labels(store.Next) };
}
