using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainResetContract<TSubject> : DomainContract<TSubject, IDomainReset> where TSubject : IDomainSubject, new()
{
    [Fact]
    public Task The_button_is_there_while_it_runs() => OnlyRunningAsync(async domain => await Offered.ResetAsync(domain, 0, Cancel));
}

public abstract class DomainStartWithFilesContract<TSubject> : DomainContract<TSubject, IDomainStartWithFiles> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Without_files_it_is_as_any_start()
    {
        DomainRef kept = await Offered.CreateWithFilesAsync(await DefinedAsync("kept"), DomainCreateFlags.None, [], Cancel);
        Assert.Equal(DomainState.Running, await StateAsync(kept));
        DomainRef brief = await Offered.CreateTransientWithFilesAsync(Subject.Definition("brief"), DomainCreateFlags.None, [], Cancel);
        await On<IDomainPower>().DestroyAsync(brief, Cancel);
        await RefusedAsync(ErrorCode.NoDomain, () => StateAsync(brief));
    }
}

public abstract class DomainLifecycleActionsContract<TSubject> : DomainContract<TSubject, IDomainLifecycleActions> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task An_action_is_in_the_document_and_one_that_is_none_is_refused()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetLifecycleActionAsync(domain, DomainLifecycle.Reboot, DomainLifecycleAction.Destroy, DomainModificationImpact.Config, Cancel);
        Assert.Contains("<on_reboot>destroy</on_reboot>", await XmlAsync(domain), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetLifecycleActionAsync(domain, (DomainLifecycle)9, DomainLifecycleAction.Destroy, DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.ConfigUnsupported, async () => await Offered.SetLifecycleActionAsync(
            domain, DomainLifecycle.Poweroff, DomainLifecycleAction.CoredumpDestroy, DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainManagedSaveImageContract<TSubject> : DomainContract<TSubject, IDomainManagedSaveImage> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Saved_state_that_was_dropped_is_not_there()
    {
        DomainRef domain = await StartedAsync();
        Assert.False(await Offered.HasManagedSaveAsync(domain, 0, Cancel));
        await On<IDomainManagedSave>().ManagedSaveAsync(domain, DomainSaveRestoreFlags.None, Cancel);
        Assert.True(await Offered.HasManagedSaveAsync(domain, 0, Cancel));
        await Offered.RemoveManagedSaveAsync(domain, 0, Cancel);
        Assert.False(await Offered.HasManagedSaveAsync(domain, 0, Cancel));
    }
}

public abstract class DomainCoreDumpContract<TSubject, TCapability> : DomainContract<TSubject, TCapability>
    where TSubject : IDomainSubject, new()
    where TCapability : class
{
    readonly string folder = Directory.CreateTempSubdirectory("contract").FullName;

    protected abstract Task DumpAsync(DomainRef domain, string to, DomainCoreDumpFlags flags);

    [Fact]
    public async Task Memory_is_in_the_file_and_the_domain_goes_on()
    {
        DomainRef domain = await StartedAsync();
        string file = Path.Join(folder, "core");
        await DumpAsync(domain, file, DomainCoreDumpFlags.None);
        Assert.True(new FileInfo(file).Length > 0);
        Assert.Equal(DomainState.Running, await StateAsync(domain));
    }

    [Fact]
    public async Task A_domain_that_is_to_crash_is_off()
    {
        DomainRef domain = await StartedAsync();
        await DumpAsync(domain, Path.Join(folder, "core"), DomainCoreDumpFlags.Crash);
        Assert.Equal(new DomainStateReason(DomainState.ShutOff, (int)DomainShutoffReason.Crashed), await On<IDomainInfo>().GetStateAsync(domain, 0, Cancel));
    }

    [Fact]
    public async Task What_does_not_run_has_no_memory_and_cannot_go_on_and_crash()
    {
        DomainRef domain = await DefinedAsync();
        await RefusedAsync(ErrorCode.OperationInvalid, () => DumpAsync(domain, Path.Join(folder, "core"), DomainCoreDumpFlags.None));
        await RefusedAsync(ErrorCode.InvalidArg, () => DumpAsync(domain, Path.Join(folder, "core"), DomainCoreDumpFlags.Crash | DomainCoreDumpFlags.Live));
    }

    protected override void Cleanup() => Directory.Delete(folder, recursive: true);
}

public abstract class DomainCoreDumpContract<TSubject> : DomainCoreDumpContract<TSubject, IDomainCoreDump> where TSubject : IDomainSubject, new()
{
    protected override Task DumpAsync(DomainRef domain, string to, DomainCoreDumpFlags flags) => Offered.DumpCoreAsync(domain, to, flags, Cancel).AsTask();
}

public abstract class DomainCoreDumpFormatsContract<TSubject> : DomainCoreDumpContract<TSubject, IDomainCoreDumpFormats> where TSubject : IDomainSubject, new()
{
    protected override Task DumpAsync(DomainRef domain, string to, DomainCoreDumpFlags flags) =>
        Offered.DumpCoreAsync(domain, to, DomainCoreDumpFormat.Raw, flags, Cancel).AsTask();

    [Fact]
    public async Task A_format_that_nobody_knows_is_refused() =>
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.DumpCoreAsync(await StartedAsync(), "/nowhere", (DomainCoreDumpFormat)99, DomainCoreDumpFlags.None, Cancel));
}
