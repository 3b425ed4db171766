using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Design", "CA1001", Scope = "type", Target = "~T:Vireo.Remote.ProgramSession",
    Justification = "Closed is its end; a token source without a timer holds nothing of the system's.")]
