using System.Text.Json;

namespace Vireo.Conformance.Runner;

/// <summary>How the cases of one suite of the corpus are put to Vireo. An adapter turns inputs into outputs; a judge that knows what is expected compares.</summary>
abstract class Suite
{
    /// <summary>The suite's folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Does what the case says and returns what came of it, by the name of the manifest's member that holds the counterpart
    /// (<c>expected</c>, <c>expected_active</c>, <c>result</c>, ...). Throws a <see cref="Core.Errors.VireoException"/> where Vireo refuses,
    /// a <see cref="CaseFault"/> where the outcome is wrong whatever is expected.
    /// </summary>
    public abstract Outputs Run(CaseInput input);

    /// <summary>Members of the manifest that only the judge may read.</summary>
    public virtual bool Hides(string member) =>
        member is "name" or "expect" or "error" or "result" or "stdout" or "stderr" or "combined_output" or "sorted_stdout" or "stdout_contains"
        || member.StartsWith("expected", StringComparison.Ordinal);

    /// <summary>
    /// The first difference between an output and its counterpart, or null. A suite overrides it where equality is not that of bytes or of JSON values.
    /// </summary>
    /// <param name="input">The case, as the adapter saw it.</param>
    /// <param name="member">Which output.</param>
    /// <param name="made">What Vireo made.</param>
    /// <param name="expected">The counterpart: a file's text, or the JSON value in the manifest; null if the manifest has no such member.</param>
    public virtual string? Difference(CaseInput input, string member, Output made, string? expected) => made.DifferenceFrom(expected);

    /// <summary>False for a suite of verdicts only: a case is accepted or refused, and nothing else comes of it.</summary>
    public virtual bool HasOutputs => true;

    /// <summary>The members of a case that hold counterparts of outputs; each must be there among what the adapter returns.</summary>
    public virtual IEnumerable<string> Expected(JsonElement manifest) =>
        manifest.EnumerateObject().Select(static p => p.Name).Where(static n => n is "result" || n.StartsWith("expected", StringComparison.Ordinal) && n is not "expected_error_file");
}

/// <summary>An outcome that is wrong whatever the corpus expects of the case.</summary>
sealed class CaseFault(string message) : Exception(message);
