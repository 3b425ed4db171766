using System.Globalization;

namespace Vireo.Fuzz.Engine;

/// <summary>How long a target is fuzzed: for a time, and with <c>./test --long</c> for so many inputs.</summary>
/// <param name="Time">Ends after this; null: never.</param>
/// <param name="Inputs">Ends after so many.</param>
public sealed record FuzzBudget(TimeSpan? Time, long Inputs)
{
    /// <summary>
    /// VIREO_FUZZ_LONG=1 asks for the millions of inputs of a long run, VIREO_FUZZ_SECONDS for a time. Otherwise a minute in CI (CI=true), and a few
    /// seconds at a developer's desk; both end after as many inputs as the long run has, so that a faster machine tries nothing that the long run did not.
    /// </summary>
    public static FuzzBudget Of(Func<string, string?> variable, long longRun)
    {
        if (variable("VIREO_FUZZ_LONG") is "1")
            return new FuzzBudget(null, longRun);
        if (int.TryParse(variable("VIREO_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            return new FuzzBudget(TimeSpan.FromSeconds(seconds), long.MaxValue);
        return new FuzzBudget(TimeSpan.FromSeconds(variable("CI") is "true" or "1" ? 60 : 5), longRun);
    }
}
