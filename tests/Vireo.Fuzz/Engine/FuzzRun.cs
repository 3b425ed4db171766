using System.Diagnostics;
using System.Globalization;

namespace Vireo.Fuzz.Engine;

/// <summary>An input did what no input may do.</summary>
public sealed class FuzzFindingException(string message, Exception? why = null) : Exception(message, why);

/// <summary>Feeds a target: the kept corpus, its seeds, and then what is made of them, each input known by its number.</summary>
public static class FuzzRun
{
    const int CheckEvery = 4096, Seed = 20090430;

    /// <summary>A thousand times what the slowest input takes: one that is at work for longer is a finding, for it has no end, or none that a user waits for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>As small as the stacks of the daemon's workers: what nests too deep there does so here.</summary>
    const int StackSize = 1024 * 1024;

    /// <summary>Runs until the budget is used up; the line says what was done.</summary>
    public static Task<string> RunAsync(FuzzTarget target, FuzzBudget budget)
    {
        var end = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                end.TrySetResult(Run(target, budget, end));
            }
            catch (Exception e)
            {
                end.TrySetException(e);
            }
        }, StackSize) { IsBackground = true, Name = "fuzz " + target.Name }.Start();
        return end.Task;
    }

    static string Run(FuzzTarget target, FuzzBudget budget, TaskCompletionSource<string> end)
    {
        var suspects = new Suspects();
        long began = Stopwatch.GetTimestamp(), number = 0;
        byte[] input = [];
        void Dying(object? sender, UnhandledExceptionEventArgs e) =>
            Console.Error.WriteLine($"fuzz {target.Name}: the process dies at input {number}: {Corpus.Keep(target, number, input)}");
        AppDomain.CurrentDomain.UnhandledException += Dying;
        using var endless = new Watchdog(Patience, work =>
            end.TrySetException(Found(work, new FuzzFindingException($"after {Patience.TotalSeconds} s there is no end to it ({input.Length} bytes)"))));
        try
        {
            List<byte[]> seeds = [];
            int taken = 0, refused = 0;
            foreach ((string name, byte[] kept) in Corpus.Load(target))
            {
                seeds.Add(input = kept);
                One(name);
            }
            foreach (byte[] seed in target.Seeds())
            {
                seeds.Add(input = seed);
                One("seed " + seeds.Count.ToString(CultureInfo.InvariantCulture));
            }
            target.Check();
            for (; number < budget.Inputs && (budget.Time is not { } time || Stopwatch.GetElapsedTime(began) < time); number++)
            {
                var random = new Random(unchecked(Seed + (int)number * 7919));
                input = target.Mutate(seeds[random.Next(seeds.Count)], seeds[random.Next(seeds.Count)], random);
                One("input " + number.ToString(CultureInfo.InvariantCulture));
                if (number % CheckEvery == CheckEvery - 1)
                    target.Check();
            }
            target.Check();
            return $"fuzz {target.Name}: {seeds.Count} kept and sound inputs, {number} made of them, "
                + $"{taken} taken, {refused} refused, {Stopwatch.GetElapsedTime(began).TotalSeconds:f0} s";

            void One(string what)
            {
                suspects.Take();
                long before = GC.GetAllocatedBytesForCurrentThread();
                endless.Begin(what);
                try
                {
                    if (target.Run(input))
                        taken++;
                    else
                        refused++;
                }
                catch (Exception e)
                {
                    throw Found(what, suspects.Take() ?? e);
                }
                finally
                {
                    endless.End();
                }
                if (suspects.Take() is { } suspect)
                    throw Found(what, suspect);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > target.AllocationLimit)
                    throw Found(what, new FuzzFindingException($"{input.Length} bytes of input allocated {allocated} bytes"));
            }
        }
        finally
        {
            AppDomain.CurrentDomain.UnhandledException -= Dying;
        }

        FuzzFindingException Found(string what, Exception why) => new(
            $"{target.Name}, {what}: {why.GetType().Name}: {why.Message}\nThe input is {Corpus.Keep(target, number, input)}: "
            + $"mend what it found and keep it in tests/Vireo.Fuzz/corpus/{target.Name}.\n{why.StackTrace}", why);
    }
}
