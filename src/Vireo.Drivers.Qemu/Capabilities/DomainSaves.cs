using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Save;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Machines saved into files, and started again from them.</summary>
sealed class DomainSaves(QemuConnection connection, DomainReads reads) : IDomainSave, IDomainSaveParameters, IDomainManagedSave, IDomainManagedSaveXml
{
    const DomainSaveRestoreFlags KnownSave = DomainSaveRestoreFlags.BypassCache | DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused;
    const DomainSaveRestoreFlags KnownRestore = KnownSave | DomainSaveRestoreFlags.ResetNvram;

    QemuKeeper Keeper => connection.Keeper;

    public async ValueTask SaveAsync(DomainRef domain, string to, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        flags.Only(KnownSave, "qemuDomainSaveFlags");
        bool? running = RunningOf(flags);
        await using var job = await connection.Get(domain).EnterAsync(AsyncJob.Save, connection.As("DomainSaveFlags"), JobMask.Default, cancel).ConfigureAwait(false);
        await SaveAsync(job, domain, to, xml, running, managed: false, flags.HasFlag(DomainSaveRestoreFlags.BypassCache), cancel).ConfigureAwait(false);
    }

    public ValueTask SaveParamsAsync(DomainRef domain, TypedParameter[] parameters, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        var (file, xml) = Read(parameters);
        return SaveAsync(domain, file ?? throw QemuErrors.Invalid("managed save of a running domain is another operation: 'file' is missing"), xml, flags, cancel);
    }

    public async ValueTask ManagedSaveAsync(DomainRef domain, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        flags.Only(KnownSave, "qemuDomainManagedSave");
        bool? running = RunningOf(flags);
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(AsyncJob.Save, connection.As("DomainManagedSave"), JobMask.Default, cancel).ConfigureAwait(false);
        job.RequireLive();
        if (!job.Snapshot.IsPersistent) throw QemuErrors.Transient("do managed save for");
        await SaveAsync(job, domain, Keeper.Paths.SaveFile(machine.Name), null, running, managed: true, flags.HasFlag(DomainSaveRestoreFlags.BypassCache), cancel).ConfigureAwait(false);
    }

    async ValueTask SaveAsync(QemuJob job, DomainRef domain, string to, string? xml, bool? running, bool managed, bool bypass, CancellationToken cancel)
    {
        job.RequireLive();
        var format = SaveFile.Format(Keeper.Config.SaveImageFormat);
        if (!StatePrograms.IsThere(format)) format = SaveCompression.Raw;
        string text = await reads.GetMigratableXmlAsync(domain, null, cancel).ConfigureAwait(false);
        if (xml is not null)
        {
            var image = new SaveImage { Xml = text, WasRunning = true };
            var (given, _) = await RestoreIn.DefinitionAsync(Keeper, image, xml, cancel).ConfigureAwait(false);
            text = given.ToXml(DomainFormat.Secure | DomainFormat.Inactive);
        }
        await SaveOut.RunAsync(Keeper, job, new SaveOrder(to, text, running, format, managed, bypass), cancel).ConfigureAwait(false);
    }

    public async ValueTask RestoreAsync(string from, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        flags.Only(KnownRestore, "qemuDomainRestoreFlags");
        bool? running = RunningOf(flags);
        await using var saved = SavedMachine.Open(Keeper, from);
        var (def, facts) = await RestoreIn.DefinitionAsync(Keeper, saved.Image, xml, cancel).ConfigureAwait(false);
        await using var claim = await Keeper.Machines.ClaimAsync(
            def.Name, def.Uuid ?? throw QemuErrors.Invalid("the saved definition has no uuid"), ClaimFor.Start, connection.As("DomainRestoreFlags"), cancel).ConfigureAwait(false);
        claim.Publish();
        try
        {
            await RestoreIn.StartAsync(Keeper, claim.Machine, saved, def, facts, running, null, flags.HasFlag(DomainSaveRestoreFlags.BypassCache), cancel).ConfigureAwait(false);
        }
        catch
        {
            if (!claim.Machine.Snapshot.IsPersistent) Keeper.Machines.Remove(claim.Machine);
            throw;
        }
    }

    public ValueTask RestoreParamsAsync(TypedParameter[] parameters, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        var (file, xml) = Read(parameters);
        return RestoreAsync(file ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, "'file' parameter is required"), xml, flags, cancel);
    }

    public async ValueTask<string> GetSaveImageXmlAsync(string file, DomainSaveImageXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSaveImageXmlFlags.Secure, "qemuDomainSaveImageGetXMLDesc");
        await using var saved = SavedMachine.Open(Keeper, file);
        var (def, _) = await RestoreIn.DefinitionAsync(Keeper, saved.Image, null, cancel).ConfigureAwait(false);
        return def.ToXml(flags.HasFlag(DomainSaveImageXmlFlags.Secure) ? DomainFormat.Secure : DomainFormat.None);
    }

    public async ValueTask DefineSaveImageXmlAsync(string file, string xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused, "qemuDomainSaveImageDefineXML");
        bool? running = RunningOf(flags);
        using FileStream stream = SaveFile.Open(file, change: true);
        SaveImage image = SaveImage.Read(stream);
        var (def, _) = await RestoreIn.DefinitionAsync(Keeper, image, xml, cancel).ConfigureAwait(false);
        stream.Position = 0;
        stream.Write((image with
        {
            Xml = def.ToXml(DomainFormat.Secure | DomainFormat.Inactive), WasRunning = running ?? image.WasRunning,
        }).ToBytes(complete: true));
        stream.Flush(flushToDisk: true);
    }

    public ValueTask<string> GetManagedSaveXmlAsync(DomainRef domain, DomainSaveImageXmlFlags flags, CancellationToken cancel) =>
        GetSaveImageXmlAsync(ManagedFile(domain), flags, cancel);

    public ValueTask DefineManagedSaveXmlAsync(DomainRef domain, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel) =>
        DefineSaveImageXmlAsync(ManagedFile(domain), xml ?? throw VireoException.InvalidArgument(ErrorDomain.Qemu, "no definition given"), flags, cancel);

    string ManagedFile(DomainRef domain) => connection.Get(domain) is { Snapshot.HasManagedSave: true } machine
        ? Keeper.Paths.SaveFile(machine.Name)
        : throw QemuErrors.Invalid("domain does not have managed save image");

    static bool? RunningOf(DomainSaveRestoreFlags flags) => (flags & (DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused)) switch
    {
        0 => null,
        DomainSaveRestoreFlags.Running => true,
        DomainSaveRestoreFlags.Paused => false,
        _ => throw VireoException.InvalidArgument(ErrorDomain.Domain, "running and paused flags are mutually exclusive"),
    };

    static (string? File, string? Xml) Read(TypedParameter[] parameters)
    {
        ParameterRules.Check(parameters, ("file", ParameterType.String), ("dxml", ParameterType.String));
        string? Text(string name) => Array.Find(parameters, one => one.Name == name) is { Name: not null } found ? found.AsString : null;
        return (Text("file"), Text("dxml"));
    }
}
