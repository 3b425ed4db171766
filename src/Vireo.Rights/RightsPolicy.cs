using System.Runtime.CompilerServices;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>
/// Decides by a file of rules. The file is read when this is made and at each <see cref="Reload"/>; all questions between two readings are answered by the
/// same rules, those of connections that are open as well.
/// </summary>
public sealed class RightsPolicy : IAccessPolicy
{
    sealed record Bound(RightsFile File, CallerRights Rights);

    readonly ConditionalWeakTable<Caller, Bound> bound = [];
    readonly string path;
    volatile RightsFile file;

    /// <summary>A policy of a file that must be there and make sense.</summary>
    /// <exception cref="VireoException">It is not there, does not make sense, or may be written by everybody.</exception>
    public RightsPolicy(string path)
    {
        this.path = path;
        file = Load(path);
    }

    /// <inheritdoc/>
    public string Name => "rights";

    /// <inheritdoc/>
    public bool MayWait => false;

    /// <summary>The rules in force.</summary>
    public RightsFile File => file;

    /// <summary>Reads the file again. What was in force stays so if it cannot be used.</summary>
    /// <exception cref="VireoException">It cannot be used.</exception>
    public void Reload() => file = Load(path);

    /// <inheritdoc/>
    public bool Allows(in AccessQuestion question)
    {
        RightsFile current = file;
        if (!bound.TryGetValue(question.Caller, out Bound? mine) || mine.File != current)
        {
            mine = new Bound(current, current.For(question.Caller));
            bound.AddOrUpdate(question.Caller, mine);
        }
        return mine.Rights.Decide(question).Allowed;
    }

    /// <summary>Reads a file of rules.</summary>
    /// <exception cref="VireoException">It is not there, does not make sense, or may be written by everybody.</exception>
    public static RightsFile Load(string path)
    {
        try
        {
            if ((System.IO.File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0)
                throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.Conf, $"{path}: everybody may write this file: chmod o-w it");
            return RightsReader.Read(System.IO.File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VireoException(ErrorCode.SystemError, ErrorDomain.Conf, $"{path}: {e.Message}", e);
        }
    }
}
