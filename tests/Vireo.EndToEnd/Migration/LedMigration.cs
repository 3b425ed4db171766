using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>A client that leads a migration as clients do, and lets a test do something after each step.</summary>
sealed class LedMigration : IAsyncDisposable
{
    /// <summary>The steps.</summary>
    public enum Step { Begin, Prepare, Perform, Finish }

    // What is on disks does not matter here: both sides see the same.
    const DomainMigrateFlags There = DomainMigrateFlags.Live | DomainMigrateFlags.Unsafe, Here = There | DomainMigrateFlags.ChangeProtection;

    readonly IDriverConnection source;
    readonly IDriverConnection target;

    LedMigration(IDriverConnection source, IDriverConnection target) => (this.source, this.target) = (source, target);

    static CancellationToken Test => TestContext.Current.CancellationToken;

    static async Task<IDriverConnection> OpenAsync(string uri) =>
        await RemoteDriver.Asynchronous().OpenAsync(ConnectionUri.Parse(uri), Caller.Self, Test) ?? throw new InvalidOperationException(uri);

    static IDomainMigrationV3 Steps(IDriverConnection side) => side.Capabilities.Find<IDomainMigrationV3>()!;

    /// <summary>Connects to both.</summary>
    public static async Task<LedMigration> OpenAsync(string source, string target) => new(await OpenAsync(source), await OpenAsync(target));

    /// <summary>Leads it: a step that fails is followed by what undoes those before it.</summary>
    /// <param name="name">The machine.</param>
    /// <param name="after">What happens after each step; false: the client is gone.</param>
    /// <param name="finishing">What happens while the target finishes; it is given what hangs up there.</param>
    /// <param name="more">Flags besides those of a guest that runs.</param>
    /// <param name="there">Makes the target's document of the source's.</param>
    /// <returns>What failed first, or null.</returns>
    public async Task<VireoException?> MoveAsync(string name, Func<Step, Task<bool>> after, Func<Func<Task>, Task>? finishing = null,
        DomainMigrateFlags more = default, Func<string, string>? there = null)
    {
        VireoException? failure = null;
        async Task<bool> TryAsync(Func<Task> step)
        {
            try
            {
                await step();
                return true;
            }
            catch (VireoException e)
            {
                failure ??= e;
                return false;
            }
        }
        DomainRef guest = await source.Capabilities.Find<IDomainLookup>()!.LookupByNameAsync(name, Test);
        MigrationBegun begun = await Steps(source).BeginAsync(guest, null, Here | more, null, 0, Test);
        if (!await after(Step.Begin)) return null;
        MigrationPrepared prepared = default;
        if (!await TryAsync(async () => prepared = await Steps(target).PrepareAsync(begun.Cookie, "tcp:127.0.0.1", There | more, null, 0, there?.Invoke(begun.Xml) ?? begun.Xml, Test)))
        {
            await TryAsync(() => Steps(source).ConfirmAsync(guest, [], Here | more, true, Test).AsTask());
            return failure;
        }
        if (!await after(Step.Prepare)) return null;
        byte[] cookie = [];
        string uri = prepared.Uri ?? "tcp:127.0.0.1";
        bool performed = await TryAsync(async () => cookie = await Steps(source).PerformAsync(guest, null, prepared.Cookie, null, uri, Here | more, null, 0, Test));
        if (performed && !await after(Step.Perform)) return null;
        MigrationFinished finished = default;
        await TryAsync(async () =>
        {
            Task<MigrationFinished> answer = Steps(target).FinishAsync(name, cookie, null, uri, There | more, !performed, Test).AsTask();
            if (finishing is not null) await finishing(() => target.DisposeAsync().AsTask());
            finished = await answer;
        });
        if (failure is null && !await after(Step.Finish)) return null;
        if (performed) await TryAsync(() => Steps(source).ConfirmAsync(guest, finished.Cookie ?? [], Here | more, failure is not null, Test).AsTask());
        return failure;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await target.DisposeAsync();
    }
}
