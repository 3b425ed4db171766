using Vireo.Core.Errors;

namespace Vireo.Shell.Parsing;

/// <summary>A command line that cannot be understood: nothing of it is run.</summary>
sealed class ParseFailure(string message) : Exception(message);

/// <summary>A command that failed: our line first, then the library's.</summary>
sealed class CommandFailure : Exception
{
    public CommandFailure(string message, VireoException? cause = null) : base(message, cause) { }

    /// <summary>The library's words.</summary>
    public VireoException? Cause => InnerException as VireoException;
}
