"""Question sets → the weights of the reader: what runs once, at whoever trains it, never in a bot.

records        a folder of question sets, read
near_misses    a question → one like it that its paragraph does not answer
verbs          texts → words that are verbs; a question → one with another verb
windows        a paragraph → runs of whole sentences, as long as quotes are
paragraphs     records → the windows of their paragraphs, with titles
retrieving     questions → the windows that share most words with each
making         records → a question with right and wrong windows
examples       these in one file
batches        examples → tokens, padded
checkpoint     weights in files, the published 8-bit ones of the start included
network        the layers, in torch
fitting        examples → weights, resumable
run_state      what a stopped run goes on from, in a file that says which run it is
exporting      weights → 8-bit ONNX, as `index/reader/` reads it
"""
