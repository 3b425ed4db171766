using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// Random sequences of writing, checkpoints, backups of both kinds, deleting checkpoints, and restarts of guest and daemon, beside a model that knows only what is on the disk and what
/// was written since which checkpoint: every chain of backups restores what was there at its moment, and no file is left that nobody made.
/// </summary>
public sealed class BackupModelTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    sealed class Model(BackedGuest guest, Random random)
    {
        /// <summary>A checkpoint with the backups that restore its moment.</summary>
        readonly Dictionary<string, (string[] Files, HashSet<string> Changed)> checkpoints = new(StringComparer.Ordinal);
        readonly HashSet<string> made = ["disk.qcow2"];
        readonly List<string> done = [];
        int number;

        internal string Log => string.Join('\n', done);

        internal async Task StepAsync()
        {
            string since = checkpoints.Count == 0 ? "" : checkpoints.Keys.ElementAt(random.Next(checkpoints.Count));
            switch (random.Next(12))
            {
                case 0 or 1 or 2 or 3:
                    int at = random.Next(BackedGuest.Megabytes), part = random.Next(16);
                    done.Add($"write {at}.{part}");
                    await guest.WriteAsync(random.Next(1, 255), at, part);
                    foreach (var (_, changed) in checkpoints.Values)
                        changed.Add($"{at}.{part}");
                    break;
                case 4 or 5:
                    await PushAsync(null, []);
                    break;
                case 6 or 7 when since.Length > 0:
                    await PushAsync(since, checkpoints[since].Files);
                    break;
                case 8 when since.Length > 0:
                    done.Add($"pull since {since}");
                    string then = guest.Hash;
                    await guest.PullAsync(since);
                    if (random.Next(2) == 0)
                        await guest.RestartAsync();
                    Assert.Equal(then, await guest.ReadAsync());
                    Assert.Equal(checkpoints[since].Changed.Order(StringComparer.Ordinal), (await guest.ChangedAsync()).Order(StringComparer.Ordinal));
                    await guest.AbortAsync();
                    break;
                case 9 when since.Length > 0:
                    done.Add($"delete {since}");
                    await guest.Checkpoints.DeleteCheckpointAsync(new CheckpointRef(since, guest.Ref), default, Test);
                    checkpoints.Remove(since);
                    break;
                case 10:
                    done.Add("power off and on");
                    await guest.PowerOffAsync();
                    await guest.PowerOnAsync();
                    break;
                case 11:
                    done.Add("another daemon");
                    await guest.RestartAsync();
                    break;
            }
        }

        async Task PushAsync(string? since, string[] below)
        {
            string? next = random.Next(3) == 0 ? null : $"c{++number}";
            string file = $"b{++number}";
            done.Add($"push {file} since {since ?? "ever"}, checkpoint {next ?? "none"}");
            string path = await guest.PushAsync(file, since, next);
            made.Add(file);
            string[] files = [.. below, path];
            if (next is not null)
                checkpoints[next] = (files, []);
            Assert.Equal(guest.Hash, await BackedGuest.RestoredAsync(files));
        }

        internal async Task CheckAsync()
        {
            Assert.Equal(made.Order(StringComparer.Ordinal), guest.Names);
            Assert.Equal(checkpoints.Keys.Order(StringComparer.Ordinal), (await guest.Checkpoints.ListCheckpointsAsync(guest.Ref, default, Test)).Select(static c => c.Name).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Every_chain_restores_its_moment_whatever_is_done(int seed)
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        var model = new Model(guest, new Random(seed));
        await ModelWalk.RunAsync(40, model.StepAsync, model.CheckAsync, () => model.Log);
    }
}
