using Vireo.Shell.Commands;

namespace Vireo.Shell.Parsing;

/// <summary>Turns words into calls. A whole line is understood before any of it runs.</summary>
sealed class CommandParser(CommandTable table)
{
    public List<CommandCall> Parse(TokenSource tokens)
    {
        var calls = new List<CommandCall>();
        for (Token token = tokens.Next(); token.Kind is not TokenKind.End;)
        {
            if (token.Kind is TokenKind.EndOfCommand)
            {
                token = tokens.Next();
                continue;
            }
            if (token.Text.StartsWith('#'))
            {
                while ((token = tokens.Next()).Kind is TokenKind.Word) { }
                continue;
            }
            (CommandCall call, token) = ParseOne(table.Get(token.Text), tokens);
            calls.Add(call);
        }
        return calls;
    }

    (CommandCall Call, Token Next) ParseOne(CommandDef command, TokenSource tokens)
    {
        var call = new CommandCall(command);
        bool dataOnly = false, help = false;
        Token token;
        while ((token = tokens.Next()).Kind is TokenKind.Word)
        {
            string word = token.Text;
            if (!dataOnly && word is "--")
                dataOnly = true;
            else if (!dataOnly && word is "--help")
                help = true;
            else if (!dataOnly && word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(word[2]))
                TakeOption(call, word[2..], tokens);
            else
                call.Add(NextUnfilled(call) ?? throw new ParseFailure($"unexpected data '{word}'"), word);
        }
        if (help)
        {
            var asked = new CommandCall(table.Get("help"));
            asked.Add(asked.Command.Options[0], command.Name);
            return (asked, token);
        }
        string[] missing = [.. command.Options.Where(o => o.Required && !call.Has(o)).Select(o => $"command '{command.Name}' requires <{o.Name}> option")];
        return missing.Length is 0 ? (call, token) : throw new ParseFailure(string.Join('\n', missing));
    }

    static OptionDef? NextUnfilled(CommandCall call) => Array.Find(call.Command.Options, option => option switch
    {
        { Kind: OptionKind.Flag or OptionKind.Alias } or { NameNeeded: true } => false,
        { Kind: OptionKind.Words } => true,
        _ => !call.Has(option),
    });

    static void TakeOption(CommandCall call, string word, TokenSource tokens)
    {
        string? value = null;
        if (word.IndexOf('=') is > 0 and { } at)
            (word, value) = (word[..at], word[(at + 1)..]);
        OptionDef? option = call.Command.Find(word);
        if (option is { Kind: OptionKind.Alias, For: { } stands })
        {
            if (stands.Split('=', 2) is [var target, var preset])
            {
                if (value is not null)
                    throw new ParseFailure($"invalid '=' after option --{word}");
                (stands, value) = (target, preset);
            }
            option = call.Command.Find(stands);
        }
        if (option is null)
            throw new ParseFailure($"command '{call.Command.Name}' doesn't support option --{word}");
        if (call.Has(option) && option.Kind is not OptionKind.Words)
            throw new ParseFailure($"option --{option.Name} already seen");
        if (option.TakesValue)
        {
            if (value is null && tokens.Next() is { Kind: TokenKind.Word } next)
                value = next.Text;
            if (value is null)
                throw new ParseFailure($"expected syntax: --{option.Name} <{(option.Kind is OptionKind.Number ? "number" : "string")}>");
        }
        else if (value is not null)
            throw new ParseFailure($"invalid '=' after option --{option.Name}");
        call.Add(option, value ?? "");
    }
}
