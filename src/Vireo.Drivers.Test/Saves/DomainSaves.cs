using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Saves;

/// <summary>Domains saved into files and started from them. There is nothing to save but the definition.</summary>
sealed class DomainSaves(TestHost host) : DomainWork(host), IDomainSave
{
    public ValueTask SaveAsync(DomainRef domain, string to, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        NotBoth(flags, "virDomainSaveFlags");
        ((uint)flags).None("testDomainSaveFlags");
        NoOther(xml);
        DomainView saved = SeeRunning(domain);
        // Not under the gate: a file may take its time.
        SavedFile.Write(to, SavedFile.Content(saved.Def.ToXml(DomainFormat.Secure)), $"saving domain '{saved.Name}' to '{to}': open failed");
        lock (Host.Gate)
        {
            TestDomain found = Host.GetRunning(domain);
            found.Stop(Host, DomainShutoffReason.Saved, DomainEventStoppedDetail.Saved);
        }
        return default;
    }

    public ValueTask RestoreAsync(string from, string? xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        NotBoth(flags, "virDomainRestoreFlags");
        ((uint)flags).None("testDomainRestoreFlags");
        NoOther(xml);
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(SavedFile.Read(from)));
        lock (Host.Gate)
        {
            TestDomain found = DomainDefinitions.Place(Host, def, live: true);
            found.Start(Host, DomainRunningReason.Restored);
            found.Tell(Host, DomainEventType.Started, (int)DomainEventStartedDetail.Restored);
        }
        return default;
    }

    public ValueTask<string> GetSaveImageXmlAsync(string file, DomainSaveImageXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSaveImageXmlFlags.Secure, "testDomainSaveImageGetXMLDesc");
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(SavedFile.Read(file)));
        return new(def.ToXml(DomainFormat.Inactive | (flags.HasFlag(DomainSaveImageXmlFlags.Secure) ? DomainFormat.Secure : 0)));
    }

    public ValueTask DefineSaveImageXmlAsync(string file, string xml, DomainSaveRestoreFlags flags, CancellationToken cancel)
    {
        NotBoth(flags, "virDomainSaveImageDefineXML");
        flags.Only(DomainSaveRestoreFlags.Running | DomainSaveRestoreFlags.Paused, "testDomainSaveImageDefineXML");
        _ = SavedFile.Read(file);
        DomainDef def = TestDefaults.Complete(DomainDef.Parse(xml));
        SavedFile.Write(file, SavedFile.Content(def.ToXml(DomainFormat.Inactive | DomainFormat.Secure)), $"saving domain '{def.Name}' to '{file}': open failed");
        return default;
    }

    static void NotBoth(DomainSaveRestoreFlags flags, string function) => TestErrors.NotTogether(flags,
        DomainSaveRestoreFlags.Running, "VIR_DOMAIN_SAVE_RUNNING", DomainSaveRestoreFlags.Paused, "VIR_DOMAIN_SAVE_PAUSED", function);

    static void NoOther(string? xml)
    {
        if (xml is not null)
            throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Test, "xml modification unsupported");
    }
}
