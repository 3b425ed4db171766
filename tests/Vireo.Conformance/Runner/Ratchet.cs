using System.Globalization;
using System.Text;

namespace Vireo.Conformance.Runner;

/// <summary>
/// What a suite may not fall below: a file <c>Ratchet/SUITE</c> with a line <c>floor N</c> and, for each case that still fails, <c>name: reason</c>.
/// A reason that begins with <c>open:</c> says what differs, not yet why; it is written by <c>--update-ratchet</c> and waits for an explanation or a repair.
/// </summary>
sealed class Ratchet
{
    const string OpenMark = "open:";

    readonly Dictionary<string, string> explained = new(StringComparer.Ordinal);

    Ratchet(int floor) => Floor = floor;

    /// <summary>How many cases passed when the file was last touched.</summary>
    public int Floor { get; private set; }

    public static Ratchet Read(string suite)
    {
        var ratchet = new Ratchet(0);
        string path = Path.Combine(AppContext.BaseDirectory, "Ratchet", suite);
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (line.StartsWith("floor ", StringComparison.Ordinal))
                ratchet.Floor = int.Parse(line.AsSpan(6), provider: null);
            else if (line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && line[0] is not '#')
                ratchet.explained.Add(line[..colon], line[(colon + 2)..]);
        }
        return ratchet;
    }

    /// <summary>The file's text after a result: the floor raised, lines of cases that pass taken out, failures without a reason added as open.</summary>
    public string After(SuiteResult result)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"floor {Math.Max(Floor, result.Passed)}\n");
        foreach (var (name, why) in result.Failures)
        {
            string reason = explained.TryGetValue(name, out string? old) && !old.StartsWith(OpenMark, StringComparison.Ordinal) ? old : $"{OpenMark} {why.ReplaceLineEndings(" ")}";
            text.Append(CultureInfo.InvariantCulture, $"{name}: {reason}\n");
        }
        return text.ToString();
    }

    /// <summary>What the result breaks, if anything.</summary>
    public IEnumerable<string> Broken(SuiteResult result)
    {
        if (result.Passed < Floor)
            yield return $"{result.Suite}: {result.Passed} cases pass, the floor is {Floor}";
        foreach (var (name, why) in result.Failures)
        {
            if (!explained.ContainsKey(name))
                yield return $"{result.Suite}: {name} fails and is not explained: {why}";
        }
        foreach (string name in explained.Keys.Where(n => !result.Failures.ContainsKey(n)))
            yield return $"{result.Suite}: {name} is explained as a failure but does not fail; take the line out";
        if (result.Passed > Floor)
            yield return $"{result.Suite}: {result.Passed} cases pass, more than the floor of {Floor}; raise it";
    }
}
