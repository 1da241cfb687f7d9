# Ein Anliegen vorbringen und darauf zurückkommen. Für Menschen, die Angst haben können: kurz, genau, nur was gehalten wird.

concern-apology = Auf unserer Seite ist etwas schiefgegangen, und wir können nicht sagen, ob Ihr letzter Schritt angekommen ist. Protokolliert wurde darüber nichts. Bitte versuchen Sie es in einigen Minuten noch einmal.
