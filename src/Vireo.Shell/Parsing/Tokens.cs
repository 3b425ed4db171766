using System.Text;

namespace Vireo.Shell.Parsing;

/// <summary>What a command line is made of.</summary>
enum TokenKind
{
    Word,
    EndOfCommand,
    End,
}

readonly record struct Token(TokenKind Kind, string Text);

/// <summary>Where words come from: one text to cut up, or a program's arguments, each a word already.</summary>
abstract class TokenSource
{
    public abstract Token Next();

    public static TokenSource Of(string line) => new LineTokens(line);

    public static TokenSource Of(IReadOnlyList<string> words) => new WordTokens(words);

    sealed class WordTokens(IReadOnlyList<string> words) : TokenSource
    {
        int at;

        public override Token Next() => at < words.Count ? new(TokenKind.Word, words[at++]) : new(TokenKind.End, "");
    }

    /// <summary>
    /// Words end at blanks, commands at ';' and line ends. '...' is verbatim, "..." knows \ as does plain text; \ before a
    /// line end joins lines; # at the start of a word hides the rest of the line.
    /// </summary>
    sealed class LineTokens(string line) : TokenSource
    {
        int at;

        public override Token Next()
        {
            SkipBlanks();
            if (at >= line.Length)
                return new(TokenKind.End, "");
            if (line[at] is ';' or '\n')
            {
                at++;
                return new(TokenKind.EndOfCommand, "");
            }
            return new(TokenKind.Word, Word());
        }

        void SkipBlanks()
        {
            while (at < line.Length && line[at] is ' ' or '\t' || Joins())
                at++;
            if (at < line.Length && line[at] is '#')
            {
                while (at < line.Length && line[at] is not '\n')
                    at++;
            }
        }

        bool Joins()
        {
            if (at + 1 >= line.Length || line[at] is not '\\' || line[at + 1] is not '\n')
                return false;
            at++;
            return true;
        }

        string Word()
        {
            var word = new StringBuilder();
            bool single = false, twice = false;
            for (; at < line.Length; at++)
            {
                char c = line[at];
                if (!single && !twice && c is ' ' or '\t' or ';' or '\n' && !single && !twice)
                    break;
                if (c is '\'' && !twice)
                    single = !single;
                else if (c is '"' && !single)
                    twice = !twice;
                else if (c is '\\' && !single)
                {
                    if (++at >= line.Length)
                        throw new ParseFailure("dangling \\");
                    if (line[at] is not '\n')
                        word.Append(line[at]);
                }
                else
                    word.Append(c);
            }
            return twice ? throw new ParseFailure("missing \"") : word.ToString();
        }
    }
}
