using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>How far a migration is, by libvirt's words in status files.</summary>
[WireNames]
public enum MigrationPhase
{
    [Wire("none")] None, [Wire("begin3")] Begin, [Wire("perform3")] Perform, [Wire("perform3_done")] Performed,
    [Wire("confirm3_cancelled")] ConfirmCancelled, [Wire("confirm3")] Confirm, [Wire("prepare")] Prepare, [Wire("finish3")] Finish,
    [Wire("postcopy_failed")] PostcopyFailed,
    [Wire("begin_resume")] BeginResume, [Wire("perform_resume")] PerformResume, [Wire("confirm_resume")] ConfirmResume,
    [Wire("prepare_resume")] PrepareResume, [Wire("finish_resume")] FinishResume,
}
