using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Forgetting a domain, and its storage if asked.</summary>
static class UndefineCommand
{
    public static CommandDef[] All { get; } =
    [
        new("undefine", "remove a persistent domain's definition", Run, OptionDef.Domain,
            OptionDef.Flag("managed-save", "with its saved state"),
            OptionDef.Text("storage", "with these volumes: targets or paths, separated by commas"),
            OptionDef.Flag("remove-all-storage", "with all of its volumes (careful)"),
            OptionDef.Alias("delete-snapshots", "delete-storage-volume-snapshots"),
            OptionDef.Flag("delete-storage-volume-snapshots", "with the volumes' snapshots; needs --remove-all-storage"),
            OptionDef.Flag("wipe-storage", "overwrite the volumes first"),
            OptionDef.Flag("snapshots-metadata", "with what is known of its snapshots"),
            OptionDef.Flag("checkpoints-metadata", "with what is known of its checkpoints"),
            OptionDef.Flag("nvram", "with its firmware variables"),
            OptionDef.Flag("keep-nvram", "but keep its firmware variables"),
            OptionDef.Flag("tpm", "with its TPM's state"),
            OptionDef.Flag("keep-tpm", "but keep its TPM's state"))
        {
            Description = "Forgets a domain that does not run; one that runs becomes transient.",
            Exclusive = [("nvram", "keep-nvram"), ("tpm", "keep-tpm")],
            Requires = [("delete-storage-volume-snapshots", "remove-all-storage")],
        },
    ];

    static readonly (string Option, DomainUndefineFlags Flag)[] Flags =
    [
        ("managed-save", DomainUndefineFlags.ManagedSave), ("snapshots-metadata", DomainUndefineFlags.SnapshotsMetadata),
        ("checkpoints-metadata", DomainUndefineFlags.CheckpointsMetadata), ("nvram", DomainUndefineFlags.Nvram),
        ("keep-nvram", DomainUndefineFlags.KeepNvram), ("tpm", DomainUndefineFlags.Tpm), ("keep-tpm", DomainUndefineFlags.KeepTpm),
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        DomainUndefineFlags flags = 0;
        foreach (var (_, flag) in Flags.Where(known => call.Has(known.Option)))
            flags |= flag;
        bool volumes = call.Has("storage") || call.Has("remove-all-storage");
        if (call.Has("wipe-storage") && !volumes)
            throw new CommandFailure("'--wipe-storage' requires '--storage <string>' or '--remove-all-storage'");
        DomainRef domain = await shell.FindDomainAsync(call);
        UndefineStorage storage = volumes ? await UndefineStorage.PlanAsync(shell, call, domain) : UndefineStorage.Nothing;
        // A domain that runs has no saved state, and what is known of its snapshots stays with it until it stops.
        if (domain.Id >= 0)
            flags &= ~(DomainUndefineFlags.ManagedSave | DomainUndefineFlags.SnapshotsMetadata | DomainUndefineFlags.CheckpointsMetadata);
        await Attempt.To($"Failed to undefine domain '{domain.Name}'", () =>
            shell.Calls.Write<IDomainDefinition>("virDomainUndefineFlags").UndefineAsync(domain, flags, default));
        shell.Out.Extra($"Domain '{domain.Name}' has been undefined\n");
        return await storage.RemoveAsync(shell, call);
    }
}
