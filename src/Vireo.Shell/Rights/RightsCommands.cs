using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Users;
using Vireo.Rights;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Rights;

/// <summary><c>vireo rights can</c>, <c>list</c> and <c>check</c>: what a file of rules means, before and while it is in force. virsh does not have them.</summary>
static class RightsCommands
{
    /// <summary>It may; the file is fine.</summary>
    public const int Fine = 0;

    /// <summary>The command or the file makes no sense.</summary>
    public const int Unusable = 1;

    /// <summary>It may not.</summary>
    public const int Refused = 3;

    const string Usage = """
        usage: vireo rights can USER RIGHT [OBJECT] [--explain] [--file FILE] [-c URI] [OPTIONS]
               vireo rights list [--file FILE]
               vireo rights check [FILE]
          USER        a user of this host, or a name that --group, --tls, --sasl and --label say more about
          RIGHT       such as domain.start; without its kind it is a domain's: start
          OBJECT      its name; what else is known of it is asked of the connection -c, or told:
          --uuid UUID  --owner NAME  --tag TAG  --pool POOL  --network NETWORK
          --group NAME  --tls NAME  --sasl NAME  --label LABEL   more about the user; --group and --tag may stand several times
          --file      the rules (default: /etc/libvirt/rights.toml)
        """;

    /// <summary>Whether these are the arguments of one of these commands.</summary>
    public static bool Knows(IReadOnlyList<string> arguments) => arguments is ["rights", ..];

    /// <summary>Runs it; the result is the exit code.</summary>
    public static async ValueTask<int> RunAsync(ShellProgram.Surroundings here)
    {
        if (RightsRequest.Parse([.. here.Arguments.Skip(1)]) is not { } request)
        {
            here.Errors.WriteLine(Usage);
            return Unusable;
        }
        try
        {
            RightsFile file = RightsPolicy.Load(request.File);
            switch (request.Command)
            {
                case "list":
                    RightsText.Write(here.Output, file);
                    return Fine;
                case "check":
                    here.Output.WriteLine($"{request.File}: {file.Rules.Count} rules, {file.Roles.Count} roles of its own");
                    return Fine;
                default:
                    return await CanAsync(here, request, file);
            }
        }
        catch (RightsException wrong)
        {
            foreach (RightsComplaint complaint in wrong.Complaints)
                here.Errors.WriteLine($"{request.File}:{complaint.Line}:{complaint.Column}: {complaint.Message}");
            return Unusable;
        }
        catch (Exception failure) when (failure is VireoException or CommandFailure)
        {
            here.Errors.WriteLine($"vireo: {failure.Message}");
            return Unusable;
        }
    }

    static async ValueTask<int> CanAsync(ShellProgram.Surroundings here, RightsRequest request, RightsFile file)
    {
        string name = request.Right.Contains('.') ? request.Right : $"domain.{request.Right}";
        if (AccessRight.Find(name) is not { } right)
            throw new CommandFailure($"there is no right '{name}'");
        if (right.Object is AccessObject.Connect == request.Object is not null)
            throw new CommandFailure(request.Object is null ? $"{name} is a right on an object: which one?" : $"{name} is a right on the connection, not on an object");
        AccessSubject subject = request.Object is null ? AccessSubject.Connection : await SubjectAsync(here, request, right.Object);
        var question = new AccessQuestion(CallerOf(request), "", right, subject);
        if (request.Explain)
        {
            foreach (string line in Explanation.Of(file, question))
                here.Output.WriteLine(line);
        }
        bool allowed = file.For(question.Caller).Decide(question).Allowed;
        if (!request.Explain)
            here.Output.WriteLine(allowed ? "yes" : "no");
        return allowed ? Fine : Refused;
    }

    static Caller CallerOf(RightsRequest request)
    {
        uint? id = request.User.StartsWith('+') && uint.TryParse(request.User.AsSpan(1), out uint number) ? number : HostUsers.FindUser(request.User);
        string name = id is { } known ? HostUsers.NameOfUser(known) ?? request.User : request.User;
        IEnumerable<string> groups = id is { } user && HostUsers.GroupOf(user) is { } group
            ? HostUsers.GroupsOf(user, group).Select(static one => HostUsers.NameOfGroup(one) ?? one.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : [];
        return new Caller(ReadOnly: false, id, UserName: name)
        {
            Groups = [.. groups.Union(request.Groups)],
            TlsName = request.Tls,
            SaslName = request.Sasl,
            SecurityLabel = request.Label,
        };
    }

    static async ValueTask<AccessSubject> SubjectAsync(ShellProgram.Surroundings here, RightsRequest request, AccessObject kind)
    {
        var subject = new AccessSubject(kind, request.Object)
        {
            Parent = request.Pool ?? request.Network,
            Labels = new ObjectLabels(request.Owner, request.Tags),
            Vague = request.OnlyNamed,
        };
        if (request.Uuid is { } text)
            subject = subject with { Uuid = Uuid.TryParse(text, out Uuid uuid) ? uuid : throw new CommandFailure($"'{text}' is no uuid") };
        if (request.Connect is not { } uri || kind is not AccessObject.Domain)
            return subject;
        await using IDriverConnection connection = await here.Open(uri, readOnly: true, TimeSpan.Zero, 0);
        if (connection.Capabilities.Find<IDomainLookup>() is not { } lookup || connection.Capabilities.Find<IDomainInfo>() is not { } info)
            return subject;
        DomainRef domain = await lookup.LookupByNameAsync(request.Object!, default);
        return DocumentSubject.Read(await info.GetXmlAsync(domain, DomainXmlFlags.Inactive, default), kind);
    }
}
