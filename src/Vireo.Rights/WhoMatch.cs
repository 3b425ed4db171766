using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>Callers that a rule is about: all that is said must hold. Nothing said: everybody.</summary>
public sealed record WhoMatch
{
    /// <summary>Names of users; a number after '+' is a user id.</summary>
    public string[] Users { get; init; } = [];

    /// <summary>Names of groups.</summary>
    public string[] Groups { get; init; } = [];

    /// <summary>Distinguished names of certificates.</summary>
    public Pattern[] Tls { get; init; } = [];

    /// <summary>Names of SASL.</summary>
    public Pattern[] Sasl { get; init; } = [];

    /// <summary>Labels of the kernel's security module.</summary>
    public Pattern[] Labels { get; init; } = [];

    /// <summary>Whether it is about this caller.</summary>
    public bool Matches(Caller caller) =>
        (Users.Length is 0 || Array.Exists(Users, user => IsUser(user, caller)))
        && (Groups.Length is 0 || Array.Exists(Groups, caller.Groups.Contains))
        && (Tls.Length is 0 || (caller.TlsName is { } tls && Pattern.Any(Tls, tls)))
        && (Sasl.Length is 0 || (caller.SaslName is { } sasl && Pattern.Any(Sasl, sasl)))
        && (Labels.Length is 0 || (caller.SecurityLabel is { } label && Pattern.Any(Labels, label)));

    static bool IsUser(string user, Caller caller) =>
        user.StartsWith('+') ? caller.UserId is { } id && uint.TryParse(user.AsSpan(1), out uint wanted) && wanted == id : user == caller.UserName;
}

/// <summary>Whether an object is what a rule is about.</summary>
public enum Fit
{
    /// <summary>It is not.</summary>
    No,
    /// <summary>Nobody knows.</summary>
    Unknown,
    /// <summary>It is.</summary>
    Yes,
}

/// <summary>Objects that a rule is about: all that is said must hold.</summary>
public sealed record ObjectMatch
{
    /// <summary>What stands for the caller's own name in <see cref="Owners"/>.</summary>
    public const string Self = "@caller";

    /// <summary>Kinds of objects; none said: all but the connection.</summary>
    public AccessObject[] Kinds { get; init; } = [];

    /// <summary>Names.</summary>
    public Pattern[] Names { get; init; } = [];

    /// <summary>uuids.</summary>
    public Core.Uuid[] Uuids { get; init; } = [];

    /// <summary>Pools of volumes.</summary>
    public Pattern[] Pools { get; init; } = [];

    /// <summary>Networks of ports.</summary>
    public Pattern[] Networks { get; init; } = [];

    /// <summary>Owners in the object's metadata.</summary>
    public Pattern[] Owners { get; init; } = [];

    /// <summary>Tags in the object's metadata.</summary>
    public Pattern[] Tags { get; init; } = [];

    /// <summary>Whether it can be about objects of this kind.</summary>
    public bool Concerns(AccessObject kind) => Kinds.Length is 0 ? kind is not AccessObject.Connect : Array.IndexOf(Kinds, kind) >= 0;

    /// <summary>Whether it is about the object of a question.</summary>
    public Fit Matches(in AccessQuestion question)
    {
        AccessSubject subject = question.Subject;
        if (!Concerns(subject.Kind))
            return Fit.No;
        Fit fit = Fit.Yes;
        if (Names.Length > 0)
            fit = Least(fit, Like(Names, subject.Name, subject.Vague));
        if (Uuids.Length > 0)
            fit = Least(fit, subject.Uuid is { } uuid ? Array.IndexOf(Uuids, uuid) >= 0 ? Fit.Yes : Fit.No : Open(subject.Vague));
        if (Pools.Length > 0)
            fit = Least(fit, subject.Kind is AccessObject.StorageVolume ? Like(Pools, subject.Parent, subject.Vague) : Fit.No);
        if (Networks.Length > 0)
            fit = Least(fit, subject.Kind is AccessObject.NetworkPort ? Like(Networks, subject.Parent, subject.Vague) : Fit.No);
        if (fit is Fit.No || (Owners.Length is 0 && Tags.Length is 0))
            return fit;
        if (subject.Vague)
            return Fit.Unknown;
        ObjectLabels labels = question.Subject.Labels ?? question.Labels?.LabelsOf(subject) ?? ObjectLabels.None;
        return Least(fit, IsOwned(labels, question.Caller) && IsTagged(labels) ? Fit.Yes : Fit.No);
    }

    static Fit Least(Fit one, Fit other) => one < other ? one : other;

    static Fit Open(bool vague) => vague ? Fit.Unknown : Fit.No;

    static Fit Like(Pattern[] patterns, string? text, bool vague) =>
        text is null ? Open(vague) : Pattern.Any(patterns, text) ? Fit.Yes : Fit.No;

    bool IsOwned(ObjectLabels labels, Caller caller)
    {
        if (Owners.Length is 0)
            return true;
        if (labels.Owner is not { } owner)
            return false;
        foreach (Pattern one in Owners)
            if (one.Text is Self ? owner == (caller.SaslName ?? caller.UserName) : one.Matches(owner))
                return true;
        return false;
    }

    bool IsTagged(ObjectLabels labels)
    {
        if (Tags.Length is 0)
            return true;
        for (int i = 0; i < labels.Tags.Count; i++)
            if (Pattern.Any(Tags, labels.Tags[i]))
                return true;
        return false;
    }
}
