using Vireo.Conformance.Runner;
using Vireo.Model.Backup;

namespace Vireo.Conformance.Backup;

/// <summary>Backups of a machine that has every disk that the document names, and one more.</summary>
sealed class BackupSuite : Suite
{
    public override string Name => "backup-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        BackupDef backup = BackupDef.Define(input.Text("input"), own: input.Flag("internal"));
        IEnumerable<string> named = (backup.Disks?.All ?? default).Select(static disk => disk.Name);
        BackedDisk[] disks = [.. named.Append("vdextradisk").Select(static target => new BackedDisk(target, $"/fake/{target}.qcow2", IsFile: true))];
        return Outputs.Of(BackupDefaults.Align(backup, disks, "SUFFIX").ToXml());
    }
}
